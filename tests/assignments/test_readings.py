"""Every reading of every task is diagnosed as itself, through codec, judge and marking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec import Raw

from grader.author.loading import load_assignment
from grader.author.parts import Code, Part, Text, fraction
from grader.author.readings import (
    Reading,
    Setting,
    comparator_of,
    convention_settings,
    evaluate,
    full_reading,
    names_bearing,
    names_used,
    single_readings,
)
from grader.author.tasks import Task
from grader.guest import plain
from grader.judge.dealing import Hand, call_key, cases_of, deal
from grader.judge.expecting import Expectations, earlier_answers
from grader.judge.marking import mark_student
from grader.model.observation import Observation
from grader.model.verdict import Verdict

ROOT = Path(__file__).resolve().parents[2]
COLLOQUIUM = load_assignment(ROOT / "assignments" / "colloquium")
STUDENTS = [f"student-{number}" for number in range(4)]

TRIED_ELSEWHERE = {
    "t2": "a wrong rule changes nothing in many functions: test_t2.py tries each where it matters"
}
"""Tasks whose mistakes do not show in every variant, and where they are tried instead."""

COINCIDENCES: dict[str, tuple[frozenset[str], str]] = {}
"""`task.part` → codes between which an answer cannot tell, and why; they must pay the same."""


def builds_on(task: Task) -> set[str]:
    """Names of the other tasks whose answers `task` asks for."""
    found = (earlier_answers(COLLOQUIUM, task, part).values() for part in task.parts)
    return {earlier.name for answers in found for earlier, _ in answers} - {task.name}


def narrowed(task: Task) -> Expectations:
    """Expectations of the colloquium cut down to `task` and the tasks that it builds on."""
    kept = {task.name} | builds_on(task)
    tasks = {name: other for name, other in COLLOQUIUM.tasks.items() if name in kept}
    return Expectations(replace(COLLOQUIUM, tasks=tasks))


EXPECTATIONS = {name: narrowed(task) for name, task in COLLOQUIUM.tasks.items()}


def unread(task: Task) -> list[Part]:
    """The parts that no person has to read."""
    return [part for part in task.parts if not isinstance(part, Text)]


def settings(task: Task) -> list[Setting]:
    """Every combination of the conventions that some part of `task` asks for."""
    return convention_settings(task, frozenset().union(*(names_used(part) for part in task.parts)))


def reading_for(task: Task, part: Part, setting: Setting) -> Reading:
    """The right reading of `part` under those conventions that it asks for."""
    return full_reading(
        part, tuple((switch, value) for switch, value in setting if switch in names_bearing(task, part))
    )


def singles(task: Task, part: Part, setting: Setting) -> list[Reading]:
    """Each misconception and each single slip of `part`."""
    asked = tuple((switch, value) for switch, value in setting if switch in names_bearing(task, part))
    return single_readings(part, asked)


def observed(
    expectations: Expectations, task: Task, hand: Hand, readings: Mapping[str, Reading]
) -> dict[str, Observation]:
    """What comes back from a student who holds `readings` (part → reading), as the box would encode it."""
    pieces: dict[str, dict[int | None, Any]] = {}
    for part in unread(task):
        reading = readings[part.name]
        context = expectations.context(task, part, reading.setting, hand, {})
        element = part.element if isinstance(part, Code) else None
        for number, case in enumerate(cases_of(COLLOQUIUM, task, part, hand[task.name])):
            try:
                with np.errstate(all="ignore"):  # as where students' code runs
                    value = evaluate(part, reading, case.arguments, context)
                written = getattr(comparator_of(part, reading), "written", None)
                value = written(value) if written is not None else value
                value = value if element is None else value[element]
            except Exception as error:  # noqa: BLE001 - a wrong turn may raise anything, as a student's code does
                value = error
            pieces.setdefault(call_key(task, part, number), {})[element] = value
    return {key: observation(elements) for key, elements in pieces.items()}


def observation(elements: Mapping[int | None, Any]) -> Observation:
    """One value, or the tuple of those that several parts score."""
    if any(isinstance(value, Exception) for value in elements.values()):
        return Observation("raised")
    whole = (
        elements[None]
        if None in elements
        else tuple(elements[n] for n in sorted(n for n in elements if n is not None))
    )
    return Observation("returned", Raw(plain.dumps(as_typed(whole))))


def as_typed(value: Any) -> Any:
    """Exact fractions as a student types them."""
    if isinstance(value, Fraction):
        return str(value)
    return [as_typed(item) for item in value] if type(value) is list else value


def verdicts(task: Task, hand: Hand, readings: Mapping[str, Reading]) -> dict[str, Verdict]:
    """Part → verdict of a student who holds `readings` and is right, the usual way, in what the task builds on."""
    expectations = EXPECTATIONS[task.name]
    seen = observed(expectations, task, hand, readings)
    for name in builds_on(task):
        other = COLLOQUIUM.tasks[name]
        seen |= observed(expectations, other, hand, held(other, settings(other)[0]))
    marks = {mark.task: mark for mark in mark_student(expectations, hand, seen)}
    assert not marks[task.name].reason
    return {verdict.part: verdict for verdict in marks[task.name].verdicts}


def held(task: Task, setting: Setting) -> dict[str, Reading]:
    """Part → right reading."""
    return {part.name: reading_for(task, part, setting) for part in unread(task)}


def told_apart(task: Task, part: Part, reading: Reading, verdict: Verdict) -> bool:
    """Whether the diagnosis is `reading`, or one that is known to give the same answer for the same points."""
    if verdict.codes == reading.codes:
        return True
    codes, _ = COINCIDENCES.get(f"{task.name}.{part.name}", (frozenset(), ""))
    return codes >= {*reading.codes, *verdict.codes} and verdict.points == reading.credit * fraction(
        part.points
    )


def tasks_and_students(*without: str) -> list[Any]:
    """Each task with each student."""
    return [
        pytest.param(task, deal(COLLOQUIUM, student), id=f"{task.name}-{student}")
        for task in COLLOQUIUM.tasks.values()
        for student in STUDENTS
        if task.name not in without
    ]


@pytest.mark.parametrize(("task", "hand"), tasks_and_students())
def test_right_answers_are_right_under_every_convention(task: Task, hand: Hand) -> None:
    """Whoever keeps to one combination of conventions has all points, no misconception, and hears the convention."""
    for setting in settings(task):
        for name, verdict in verdicts(task, hand, held(task, setting)).items():
            assert (verdict.finding, verdict.points) == ("right", fraction(task.part(name).points)), (
                setting,
                name,
            )


@pytest.mark.parametrize(("task", "hand"), tasks_and_students(*TRIED_ELSEWHERE))
def test_every_mistake_is_diagnosed_as_itself(task: Task, hand: Hand) -> None:
    """Whoever makes one mistake in one part, and none elsewhere, hears of this mistake and gets its credit."""
    confused = []
    for setting in settings(task):
        for part in unread(task):
            for reading in singles(task, part, setting):
                verdict = verdicts(task, hand, {**held(task, setting), part.name: reading})[part.name]
                if not told_apart(task, part, reading, verdict):
                    confused.append((setting, part.name, reading.codes, verdict.finding, verdict.codes))
                assert verdict.points >= reading.credit * fraction(part.points)
    assert confused == []


@pytest.mark.parametrize("place", COINCIDENCES)
def test_a_known_coincidence_names_mistakes_that_exist(place: str) -> None:
    """An entry of the list of coincidences goes stale when a mistake is renamed."""
    codes, reason = COINCIDENCES[place]
    name, part = place.split(".")
    task = COLLOQUIUM.tasks[name]
    known = {code for reading in singles(task, task.part(part), settings(task)[0]) for code in reading.codes}
    assert codes - known == set()
    assert reason
