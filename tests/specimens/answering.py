"""Answers to single questions of the colloquium, marked in a real box."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader import plugins
from grader.author.assignment import Assignment
from grader.author.checking import faults_of
from grader.author.loading import load_assignment, load_task
from grader.author.tasks import Task
from grader.bundles._handed import Handed
from grader.judge.dealing import calls_of, deal
from grader.judge.expecting import Expectations
from grader.model.gradebook import Record, Student
from grader.model.job import Job
from grader.workflow.judging import judged
from grader.workflow.reading import asked_in_writing, read_submission, unreadable, with_written_answers

COLLOQUIUM = Path(__file__).resolve().parents[2] / "assignments" / "colloquium"


def asking(*names: str) -> Assignment:
    """The colloquium with these tasks only, whether or not it lists them; everything else is as it is."""
    assignment = load_assignment(COLLOQUIUM)
    tasks: dict[str, Task] = {}
    faults = []
    for name in names:
        task, found = load_task(COLLOQUIUM / f"{name}.py")
        faults += found
        if task is not None:
            tasks[name] = task
    faults += [fault for task in tasks.values() for fault in faults_of(task, tasks)]
    assert faults == []
    return replace(assignment, tasks=tasks)


def records_of(assignment: Assignment, files: Iterable[Path]) -> dict[str, Record]:
    """Mark each file as one student's submission, its stem being the id by which numbers are dealt."""
    asked, expectations = asked_in_writing(assignment), Expectations(assignment)
    handed = [Handed(file.stem, (file,), file.parent, (file.name,)) for file in files]
    submissions = {one.student: read_submission(one, asked) for one in handed}

    def jobs() -> Iterator[Job]:
        for student, submission in submissions.items():
            calls = calls_of(assignment, deal(assignment, student))
            sources = tuple(source for source in submission.sources if source.cells)
            runnable = calls if sources and not unreadable(submission) else ()
            limits = assignment.decisions.limits
            yield Job(student, sources, runnable, limits, assignment.repairs, dict(assignment.given))

    records = {}
    for outcomes in plugins.load("grader.backends", "local").run(jobs(), 2):
        submission = submissions[outcomes.student]
        calls = calls_of(assignment, deal(assignment, outcomes.student))
        observations = with_written_answers(submission, calls, outcomes.observations)
        remarks = (*submission.remarks, *outcomes.remarks)
        records[outcomes.student] = judged(
            expectations, Student(outcomes.student, language="ru"), observations, remarks, "", ""
        )
    return records


def promised_by_class(task: str) -> set[str]:
    """Codes of `task` that the bundled class is expected to be told; its own tests hold it to them."""
    files = (Path(__file__).parent / "colloquium" / "expected").glob("*.toml")
    tables = (tomllib.loads(file.read_text("utf-8")).get("tasks", {}).get(task, {}) for file in files)
    return _codes(tables)


def promised_by_questions(task: str) -> set[str]:
    """Codes of `task` that answers to the single question are expected to be told; their tests hold them to it."""
    file = Path(__file__).parent / "questions" / task / "expected.toml"
    tables = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    return _codes(table for name, table in tables.items() if name != "with")


def _codes(tables: Iterable[Mapping[str, Any]]) -> set[str]:
    findings = (finding for table in tables for finding in table.get("parts", {}).values())
    return {code for finding in findings for code in finding.partition(":")[2].split("+")} - {""}
