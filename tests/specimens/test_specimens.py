"""Every bundled submission is found to be what its author says it is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from grader.author.readings import sentences
from grader.author.tasks import Task
from grader.model.gradebook import Record
from grader.model.verdict import Mark, Verdict
from grader.workflow.opening import open_assignment
from tests.specimens.answering import promised_by_questions

HERE = Path(__file__).parent / "colloquium"
EXPECTED = sorted((HERE / "expected").glob("*.toml"))
COURSE = Path(__file__).resolve().parents[2] / "assignments" / "colloquium"


def asked() -> Mapping[str, Task]:
    """Tasks that the bundled delivery answers; those that came later have specimens of their own."""
    return open_assignment(COURSE, HERE / "tickets.toml").asked


def finding(verdict: Verdict) -> str:
    """The finding with its codes: `misconception:kernel_flipped+frame_forgotten`."""
    return f"{verdict.finding}:{'+'.join(verdict.codes)}" if verdict.codes else verdict.finding


def described(mark: Mark, expected: dict[str, Any]) -> dict[str, Any]:
    """What was found of one task, in the words of the expectation and only as far as it goes."""
    conventions = {k: v for verdict in mark.verdicts for k, v in verdict.conventions.items()}
    parts = {verdict.part: finding(verdict) for verdict in mark.verdicts}
    found: dict[str, Any] = {
        "points": "withheld" if mark.points is None else str(Fraction(mark.points)),
        "conventions": {key: conventions.get(key) for key in expected.get("conventions", {})},
        "parts": {key: parts.get(key) for key in expected.get("parts", {})},
    }
    return {key: found[key] for key in expected}


def as_found(record: Record, expected: dict[str, Any]) -> dict[str, Any]:
    """What was found of one student, in the words of the expectation."""
    marks = {mark.task: mark for mark in record.marks}
    codes = {remark.code for remark in record.remarks}
    found: dict[str, Any] = {
        "says": expected["says"],
        "status": record.status,
        "total": None if record.points is None else str(record.points),
        "remarks": [code for code in expected.get("remarks", []) if code in codes],
        "tasks": {name: described(marks[name], tasks) for name, tasks in expected.get("tasks", {}).items()},
    }
    return {key: found[key] for key in expected}


@pytest.mark.parametrize("file", EXPECTED, ids=lambda file: file.stem)
def test_a_specimen_is_found_to_be_what_it_is(file: Path, records: dict[str, Record]) -> None:
    """Marks, diagnoses, conventions and remarks are as `expected/<student>.toml` says."""
    expected = tomllib.loads(file.read_text("utf-8"))
    assert as_found(records[file.stem], expected) == expected


def test_every_specimen_says_what_it_expects(records: dict[str, Record]) -> None:
    """Nobody is marked without an expectation, and no expectation is without its submission."""
    assert sorted(records) == [file.stem for file in EXPECTED]


def test_there_is_a_class_of_them() -> None:
    """The bundled delivery is large enough to show what a class looks like."""
    assert len(list((HERE / "delivery").iterdir())) >= 24


def test_every_listed_mistake_is_recognised_in_somebody(records: dict[str, Record]) -> None:
    """For each mistake that a task lists there is a submission in which it is diagnosed, here or on its own."""
    listed = {
        f"{name}.{part.name}:{code}"
        for name, task in asked().items()
        for part in task.parts
        for code in sentences(part)
    }
    found = {code for record in records.values() for code in record.codes()}
    families = {code.partition(":")[0].partition(".")[0] + ":" + code.partition(":")[2] for code in listed}
    seen = {code.partition(":")[0].partition(".")[0] + ":" + code.partition(":")[2] for code in found}
    seen |= {f"{name}:{code}" for name in asked() for code in promised_by_questions(name)}
    assert sorted(families - seen) == []


def test_every_convention_is_somebodys(records: dict[str, Record]) -> None:
    """For each value of each convention there is a submission that is right under it."""
    declared = {
        (name, switch, value)
        for name, task in asked().items()
        for switch, values in task.conventions.items()
        for value in values
    }
    used = {
        (verdict.task, switch, value)
        for record in records.values()
        for mark in record.marks
        for verdict in mark.verdicts
        if verdict.finding == "right"
        for switch, value in verdict.conventions.items()
    }
    assert sorted(declared - used) == []
