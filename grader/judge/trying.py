"""Trying an assignment out before anything is marked: one hand is dealt, posed, and answered by the oracles."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Raw

from grader.author.assignment import Assignment
from grader.author.checking import unknown_names
from grader.author.giving import not_given
from grader.author.parts import Case, Code, Part, Text
from grader.author.readings import (
    Setting,
    convention_settings,
    full_reading,
    functions,
    names_asked,
    names_bearing,
)
from grader.author.shape import place_of
from grader.author.tasks import Task
from grader.errors import Fault
from grader.guest import plain
from grader.judge.dealing import Dealt, call_key, cases_of
from grader.judge.evidence import Evidence, element_difference, written
from grader.judge.expecting import Expectations
from grader.model.comparing import Measured
from grader.model.given import encoded_arguments
from grader.model.observation import Observation
from grader.model.verdict import Difference

CASES_TRIED = 3
_NOBODY = "trial"
_ALONE = "Call the function in Python with the same values to see the whole error."


def trial_faults(assignment: Assignment) -> list[Fault]:
    """Faults that show when one variant is dealt and the first cases of every part that is asked are answered.

    The oracle must answer under every convention, and the comparator must accept that answer after it has
    gone through the wall of the box. A misconception may raise, but it must be callable.
    """
    faults: list[Fault] = []
    hand = Dealt(assignment, _NOBODY)
    for name, task in assignment.asked.items():
        try:
            hand[name]
        except Exception as error:  # noqa: BLE001 - an author's function may raise anything; it is told as a fault
            place = _place(task, error, "variants")
            problem = f"no variant can be dealt: {_said(error)}"
            faults.append(Fault(place, "T122", problem, "Return a mapping from parameter to value."))
    if not faults:
        trial = _Trial(Expectations(assignment), hand)
        faults = [fault for task in assignment.asked.values() for fault in trial.faults_of(task)]
    return sorted(set(faults))


class _Trial:
    """One hand, played by somebody who knows everything."""

    def __init__(self, expectations: Expectations, hand: Mapping[str, Mapping[str, Any]]) -> None:
        self.expectations = expectations
        self.hand = hand

    def faults_of(self, task: Task) -> Iterator[Fault]:
        """What is wrong with a task; no more than the first fault of each kind for a part."""
        for part in task.parts:
            if isinstance(part, Text):
                continue
            if callable(task.variants):
                names = unknown_names(
                    task, part, self.expectations.assignment.tasks, set(self.hand[task.name])
                )
                yield from names
                if names:
                    continue
            try:
                cases = self._cases(task, part)
            except Exception as error:  # noqa: BLE001 - as above
                place = _place(task, error, getattr(part, "pose", part))
                yield Fault(place, "T121", f"the cases cannot be posed: {_said(error)}", _ALONE)
                continue
            uncallable = list(_uncallable(task, part, cases[0]))
            yield from uncallable or self._answer_faults(task, part, cases)
            yield from _aspect_faults(task, part, cases)

    def _cases(self, task: Task, part: Part) -> tuple[Case, ...]:
        cases = cases_of(self.expectations.assignment, task, part, self.hand[task.name])
        for case in cases:
            missing = not_given(case, frozenset(self.expectations.assignment.given))
            if missing:
                raise ValueError(f"{missing} is handed over, but stands in no module of given/")
            encoded_arguments(case.arguments)
        return cases

    def _answer_faults(self, task: Task, part: Part, cases: tuple[Case, ...]) -> Iterator[Fault]:
        usual, *others = convention_settings(task, names_bearing(task, part))
        tried = [(usual, number) for number in range(len(cases[:CASES_TRIED]))]
        for setting, number in (*tried, *((setting, 0) for setting in others)):
            fault = self._answer_fault(task, part, setting, number)
            if fault is not None:
                yield fault
                return

    def _answer_fault(self, task: Task, part: Part, setting: Setting, number: int) -> Fault | None:
        reading = full_reading(part, setting)
        oracle = part.right or part
        try:
            expected = self.expectations.expected(task, part, number, reading, self.hand, {})
        except Exception as error:  # noqa: BLE001 - as above
            cause = error.__cause__ or error
            return Fault(_place(task, cause, oracle), "T115", f"the oracle failed: {_said(cause)}", _ALONE)
        try:
            difference = self._difference(task, part, number, expected)
            accepted = (
                difference is None or difference.kind == "count"
            )  # a derivation wants the way there, too
            why = "" if difference is None or accepted else _described(difference)
        except Exception as error:  # noqa: BLE001 - as above
            why = _said(error)
        if not why:
            return None
        under = ", ".join(f"{switch} = {value!r}" for switch, value in setting)
        problem = f"the comparator of part {part.name!r} does not accept the oracle's own answer"
        remedy = "Give the part another comparator, or let the oracle answer in the form that this one takes."
        return Fault(place_of(task, oracle), "T120", f"{problem} ({under or 'as dealt'}): {why}", remedy)

    def _difference(self, task: Task, part: Part, number: int, expected: Any) -> Difference | None:
        value = written(part.compare, expected.value if isinstance(expected, Measured) else expected)
        try:
            observation = Observation("returned", Raw(plain.dumps(value)))
        except plain.Unsupported:  # such as an exact fraction: only the comparator has to know what it is
            element = getattr(part, "element", None)
            return (
                part.compare(expected, value)
                if element is None
                else element_difference(part.compare, element, expected, value)
            )
        evidence = Evidence(self.expectations, self.hand, {call_key(task, part, number): observation})
        return evidence.compared(task, part, number, expected)


def _uncallable(task: Task, part: Part, first: Case) -> Iterator[Fault]:
    for function in functions(part):
        keywords = dict.fromkeys(names_asked(part, function)[0])
        try:
            inspect.signature(function).bind(*first.arguments, **keywords)
        except TypeError as error:
            problem = f"cannot be called with {len(first.arguments)} posed arguments: {error}"
            remedy = "Take the arguments of a case by position; what has a name stands behind the `*`."
            yield Fault(place_of(task, function), "T124", problem, remedy)


def _aspect_faults(task: Task, part: Part, cases: tuple[Case, ...]) -> Iterator[Fault]:
    if not isinstance(part, Code) or not part.aspects:
        return
    for aspect in sorted(set(part.aspects) ^ {case.aspect for case in cases}):
        which = "weighs nothing" if aspect not in part.aspects else "is tried by no case"
        remedy = "Give each aspect of the cases a weight, spelled alike, or give no weights at all."
        problem = f"the aspect {aspect!r} of part {part.name!r} {which}"
        yield Fault(place_of(task, aspect), "T125", problem, remedy)


def _place(task: Task, error: BaseException, otherwise: Any) -> str:
    """The last line of the task's file that the error went through."""
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == task.file
    ]
    return f"{task.file}:{lines[-1]}" if lines else place_of(task, otherwise)


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _described(difference: Difference) -> str:
    place = f" at {difference.place}" if difference.place else ""
    return f"{difference.kind}{place}: expected {difference.expected!r}, found {difference.actual!r}"
