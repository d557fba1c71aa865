"""Checking one file: public cases, the same sentences as on the page, and nothing is written.

What is checked against is an assignment, or a kit, which has no oracles but what they answer.
"""

from __future__ import annotations

from pathlib import Path

from grader import plugins
from grader.author.assignment import Assignment
from grader.author.parts import Code
from grader.bundles._handed import Handed, as_text, files_below
from grader.errors import UsageError
from grader.judge.dealing import call_key, calls_of, deal
from grader.judge.expecting import Expectations
from grader.model.gradebook import Record, Student
from grader.model.job import Job
from grader.workflow.delivery import no_ticket, nothing_at
from grader.workflow.judging import judged
from grader.workflow.kits import kit_file, open_kit
from grader.workflow.off_ticket import off_ticket
from grader.workflow.opening import open_assignment
from grader.workflow.reading import (
    asked_in_writing,
    looked_for,
    read_submission,
    unreadable,
    with_written_answers,
)


def check(
    assignment_name: str,
    file: Path,
    student: str,
    language: str,
    every_case: bool,
    tickets: Path | None = None,
) -> tuple[Assignment, Expectations, Record]:
    """Pose the public cases (or every case) to one file or folder and judge the answers.

    `student` decides which numbers were dealt; without it the file's name does. A kit has public cases alone.
    Gives the assignment as it is asked; that of the expectations lacks what a kit cannot check. Raises `UsageError`.
    """
    assignment, expectations, is_kit = _opened(assignment_name, tickets)
    if not file.exists():
        raise UsageError([nothing_at(file)])
    whole = file.is_dir()
    files, root = (tuple(files_below(file)), file) if whole else ((file,), file.parent)
    named = as_text(file.resolve().name if whole else file.stem)
    who = Student(student or named, language=language or assignment.decisions.language)
    asked = assignment.asked_of(who.id)
    if not asked:
        raise UsageError([no_ticket(str(tickets), [who.id])])
    submission = looked_for(
        read_submission(Handed(who.id, files, root, (file.name,)), asked_in_writing(assignment)), asked
    )
    calls = calls_of(assignment, deal(assignment, who.id), is_kit or not every_case, asked.values())
    sources = tuple(source for source in submission.sources if source.cells)
    runnable = calls if sources and not unreadable(submission) else ()
    job = Job(
        who.id, sources, runnable, assignment.decisions.limits, assignment.repairs, dict(assignment.given)
    )
    (outcomes,) = plugins.load("grader.backends", "local").run(iter([job]), 1)
    observations = with_written_answers(submission, calls, outcomes.observations)
    stray = off_ticket(assignment, who.id, submission, observations)
    remarks = (*submission.remarks, *outcomes.remarks, *stray)
    return assignment, expectations, judged(expectations, who, observations, remarks, "", "")


def _opened(name: str, tickets: Path | None) -> tuple[Assignment, Expectations, bool]:
    kit = kit_file(name)
    if kit is not None:
        return *open_kit(kit), True
    assignment = open_assignment(name, tickets)
    return assignment, Expectations(assignment), False


def unchecked(assignment: Assignment, expectations: Expectations, record: Record) -> dict[str, bool | None]:
    """`task.part` of all that is asked but was not checked → whether there is an answer; None for a function."""
    answered: dict[str, bool | None] = {}
    for task in assignment.asked_of(record.student.id).values():
        checked = expectations.assignment.tasks.get(task.name)
        for part in task.parts:
            if checked is None or part.name not in {other.name for other in checked.parts}:
                seen = record.observations.get(call_key(task, part, 0))
                there = seen is not None and seen.outcome == "returned"
                answered[f"{task.name}.{part.name}"] = None if isinstance(part, Code) else there
    return answered
