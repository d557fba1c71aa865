"""Checking one file: public cases, the same sentences as on the page, and nothing is written."""

from __future__ import annotations

from pathlib import Path

from grader import plugins
from grader.author.assignment import Assignment
from grader.author.loading import load_assignment
from grader.bundles._handed import Handed
from grader.errors import Fault, UsageError
from grader.judge.dealing import calls_of, deal
from grader.judge.expecting import Expectations
from grader.model.gradebook import Record, Student
from grader.model.job import Job
from grader.workflow.judging import judged
from grader.workflow.reading import asked_in_writing, read_submission, with_written_answers


def check(
    assignment_name: str, file: Path, student: str, language: str, every_case: bool
) -> tuple[Assignment, Expectations, Record]:
    """Pose the public cases (or every case) to one file or folder and judge the answers.

    `student` decides which numbers were dealt; without it the file's name does. Raises `UsageError`.
    """
    assignment = load_assignment(assignment_name)
    if not file.exists():
        raise UsageError([Fault(str(file), "U102", "there is no such file", "Give the file to check.")])
    files = tuple(sorted(p for p in file.rglob("*") if p.is_file())) if file.is_dir() else (file,)
    root = file if file.is_dir() else file.parent
    who = Student(student or file.stem, language=language or assignment.decisions.language)
    submission = read_submission(Handed(who.id, files, root, (file.name,)), asked_in_writing(assignment))
    calls = calls_of(assignment, deal(assignment, who.id), public_only=not every_case)
    sources = tuple(source for source in submission.sources if source.cells)
    job = Job(who.id, sources, calls if sources else (), assignment.decisions.limits, assignment.repairs)
    (outcomes,) = plugins.load("grader.backends", "local").run(iter([job]), 1)
    observations = with_written_answers(submission, calls, outcomes.observations)
    expectations = Expectations(assignment)
    remarks = (*submission.remarks, *outcomes.remarks)
    return assignment, expectations, judged(expectations, who, observations, remarks, "", "")
