"""Every hand-written answer to a single question is found to be what its author says it is."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from grader.author.assignment import Assignment
from grader.author.readings import sentences
from grader.model.gradebook import Record
from grader.model.verdict import Verdict
from tests.specimens.answering import asking, promised_by_class, records_of

HERE = Path(__file__).parent / "questions"
EXPECTED = {file.parent.name: tomllib.loads(file.read_text("utf-8")) for file in HERE.glob("*/expected.toml")}
SPECIMENS = [(task, student) for task in sorted(EXPECTED) for student in EXPECTED[task] if student != "with"]
CODES = {"misconception", "unexplained"}


def files_of(task: str) -> list[Path]:
    """The specimens of a task."""
    return sorted(file for file in (HERE / task).iterdir() if file.name != "expected.toml")


@cache
def asked(task: str) -> Assignment:
    """The colloquium with the task and those that its specimens answer beside it."""
    return asking(*EXPECTED[task].get("with", ()), task)


@cache
def records(task: str) -> dict[str, Record]:
    """Records of all specimens of a task by student."""
    return records_of(asked(task), files_of(task))


def finding(verdict: Verdict) -> str:
    """The finding with its codes: `misconception:kernel_flipped+frame_forgotten`."""
    return f"{verdict.finding}:{'+'.join(verdict.codes)}" if verdict.codes else verdict.finding


def as_found(record: Record, task: str, expected: dict[str, Any]) -> dict[str, Any]:
    """What was found, in the words of the expectation and only as far as it goes."""
    (mark,) = (mark for mark in record.marks if mark.task == task)
    conventions = {k: v for verdict in mark.verdicts for k, v in verdict.conventions.items()}
    parts = {verdict.part: finding(verdict) for verdict in mark.verdicts}
    found = {
        "says": expected["says"],
        "points": "withheld" if mark.points is None else str(mark.points),
        "conventions": {key: conventions.get(key) for key in expected.get("conventions", {})},
        "parts": {key: parts.get(key, mark.reason) for key in expected.get("parts", {})},
    }
    return {key: found[key] for key in expected}


@pytest.mark.parametrize(("task", "student"), SPECIMENS)
def test_an_answer_is_found_to_be_what_it_is(task: str, student: str) -> None:
    """Findings, codes, conventions and points are as `expected.toml` says."""
    expected = EXPECTED[task][student]
    assert as_found(records(task)[student], task, expected) == expected


@pytest.mark.parametrize("task", sorted(EXPECTED))
def test_every_answer_says_what_it_expects(task: str) -> None:
    """No file is without an expectation, no expectation without its file, and each says what is done there."""
    assert sorted(file.stem for file in files_of(task)) == sorted(EXPECTED[task].keys() - {"with"})
    assert all(EXPECTED[task][student]["says"] for name, student in SPECIMENS if name == task)


@pytest.mark.parametrize("task", sorted(EXPECTED))
def test_every_mistake_of_a_question_is_somebodys(task: str) -> None:
    """Each code that the task lists is diagnosed in at least one of its parts, somewhere, or in the bundled class."""
    listed = {code for part in asked(task).tasks[task].parts for code in sentences(part)}
    found = {
        code
        for record in records(task).values()
        for mark in record.marks
        if mark.task == task
        for verdict in mark.verdicts
        if verdict.finding in CODES
        for code in verdict.codes
    }
    assert sorted(listed - found - promised_by_class(task)) == []


@pytest.mark.parametrize("task", sorted(EXPECTED))
def test_every_convention_of_a_question_is_somebodys(task: str) -> None:
    """For each value of each convention somebody is right under it."""
    declared = {(s, str(v)) for s, values in asked(task).tasks[task].conventions.items() for v in values}
    used = {
        (switch, value)
        for record in records(task).values()
        for mark in record.marks
        if mark.task == task
        for verdict in mark.verdicts
        if verdict.finding == "right"
        for switch, value in verdict.conventions.items()
    }
    assert sorted(declared - used) == []
