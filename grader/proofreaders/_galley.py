"""The galley proof of one task: the task with many dealt variants, and somebody who answers as a reading does."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice, product
from math import prod
from typing import Any

import numpy as np
from msgspec import Raw

from grader.author.assignment import Assignment
from grader.author.parts import Case, Code, Part, Text
from grader.author.readings import (
    Reading,
    Setting,
    comparator_of,
    convention_settings,
    full_reading,
    names_bearing,
    names_used,
    single_readings,
    wanted_names,
)
from grader.author.tasks import Task
from grader.errors import Fault
from grader.guest import plain
from grader.judge.dealing import MOST_CASES, Hand, call_key, cases_of, deal_task, looks
from grader.judge.evidence import Evidence, written
from grader.judge.expecting import RAISED, Expectations, earlier_answers
from grader.judge.marking import mark_task
from grader.model.comparing import Measured
from grader.model.observation import Observation
from grader.model.verdict import Verdict

SHOWN = 160
"""So much of a variant is shown, in characters."""


ENOUGH = 40
"""Variants with which a mistake that bears on some of them only should have shown."""


@dataclass(frozen=True)
class Depth:
    """How much is tried.

    variants   so many are dealt; a task that has no more of them is tried with all
    trials     so many times the mistakes of one part are made, or with `ENOUGH` variants each: where there are many
               of them, or of conventions, not with every variant
    mutants    so many variants a mutant of an answer may survive: most fall to the first
    examples   so many inputs are tried in search of one that tells two things apart
    """

    variants: int
    trials: int
    mutants: int
    examples: int


FULL, QUICK = Depth(100, 1000, 40, 400), Depth(4, 1000, 40, 60)


@dataclass(eq=False)
class Galley:
    """One task laid out for proofreading.

    whole        the assignment
    assignment   the same, cut down to the task and those that it builds on
    dealings     what is dealt to students, to as many as any check wants
    complete     whether these are all variants of the task
    """

    whole: Assignment
    assignment: Assignment
    task: Task
    depth: Depth
    seed: str
    dealings: tuple[Hand, ...]
    complete: bool
    expectations: Expectations = field(init=False)
    _contexts: dict[Any, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.expectations = Expectations(self.assignment)

    @property
    def parts(self) -> list[Part]:
        """Parts that are marked without a person."""
        return [part for part in self.task.parts if not isinstance(part, Text)]

    def settings(self) -> list[Setting]:
        """Every combination of the conventions that some part asks for; the usual one first."""
        return convention_settings(self.task, frozenset().union(*map(names_used, self.parts)))

    def right(self, setting: Setting) -> dict[str, Reading]:
        """Part → right reading under a combination of conventions; a text has none."""
        return {part.name: full_reading(part, asked(self.task, part, setting)) for part in self.parts}

    def settings_of(self, part: Part) -> list[Setting]:
        """Every combination of those conventions that bear on `part`; the usual one first."""
        return list(dict.fromkeys(asked(self.task, part, setting) for setting in self.settings()))

    def wrong(self, part: Part, setting: Setting) -> list[Reading]:
        """Every misconception and every single slip of a part."""
        return single_readings(part, asked(self.task, part, setting))

    def can_be_handed_in(self, part: Part, reading: Reading) -> bool:
        """Whether what a reading computes shows it; a near miss may be one of form alone."""
        compare = comparator_of(part, reading)
        return compare is part.compare or hasattr(compare, "written")

    @property
    def hands(self) -> tuple[Hand, ...]:
        """What is dealt to the students who are tried."""
        return self.dealings if self.complete else self.dealings[: self.depth.variants]

    @property
    def _hands_of_mutants(self) -> tuple[Hand, ...]:
        return self.dealings if self.complete else self.dealings[: self.depth.mutants]

    def hands_of(self, part: Part, *, mutants: bool = False) -> list[Hand]:
        """Hands that differ in what `part` depends on; those that mutants are tried with, if so asked."""
        kept: dict[Any, Hand] = {}
        for hand in self._hands_of_mutants if mutants else self.hands:
            kept.setdefault(self.dealt(part, hand), hand)
        return list(kept.values())

    def beside(self, part: Part) -> frozenset[str]:
        """Names of the parts that have a say in what is found of `part`, itself included.

        They share a convention, a call or an earlier answer with it, directly or not; all others may be left out.
        """
        found, waiting = {part.name}, [part]
        while waiting:
            one = waiting.pop()
            near = [other for other in self.parts if other.name not in found and self._near(one, other)]
            found |= {other.name for other in near}
            waiting += near
        return frozenset(found)

    def _near(self, one: Part, other: Part) -> bool:
        conventions = set(self.task.conventions)
        shared = names_bearing(self.task, one) & names_bearing(self.task, other) & conventions
        called = call_key(self.task, one, 0) == call_key(self.task, other, 0)
        follows = one.continues is other or other.continues is one
        asked_for = {earlier for part in (one, other) for _, earlier in self._earlier(part).values()}
        return bool(shared or called or follows or {one, other} & asked_for)

    def dealt(self, part: Part, hand: Hand) -> Any:
        """What of a hand decides the answer to `part`, as a key."""
        elsewhere = any(other is not self.task for other, _ in self._earlier(part).values())
        if elsewhere:
            return looks(hand)
        return looks(self.expectations.used(self.task, part, hand[self.task.name]))

    def _earlier(self, part: Part) -> dict[str, Any]:
        return dict(self.expectations.earlier(self.task, part))

    def cases(self, part: Part, hand: Hand) -> tuple[Any, ...]:
        """The posed cases of a part."""
        return cases_of(self.assignment, self.task, part, hand[self.task.name])

    def posed_anew(self, part: Code, hand: Hand, seed: int) -> list[Case]:
        """Cases that the author's generator poses under another seed."""
        assert part.pose is not None, "the loader refuses a function without cases"
        variant = hand[self.task.name]
        used = {name: variant[name] for name in wanted_names(part.pose)[0][1:] if name in variant}
        return list(islice(part.pose(np.random.default_rng(seed), **deepcopy(used)), MOST_CASES))

    def expected(self, part: Part, number: int, reading: Reading, hand: Hand) -> Any:
        """What `reading` answers to a case, with its noise, or `RAISED`."""
        return self.expectations.expected(self.task, part, number, reading, hand, {})

    def context(self, part: Part, reading: Reading, hand: Hand) -> dict[str, Any]:
        """What an oracle of `part` may ask for by name: computed once, so that no mutant has a hand in it."""
        key = part, reading.setting, id(hand)
        if key not in self._contexts:
            context = self.expectations.context(self.task, part, reading.setting, hand, {})
            self._contexts[key] = context
        return self._contexts[key]

    def observed(self, hand: Hand, readings: Mapping[str, Reading]) -> dict[str, Observation]:
        """What comes back from a student who holds `readings` (part → reading), as the box would encode it."""
        pieces: dict[str, dict[int | None, Any]] = {}
        for part in self.parts:
            if part.name not in readings:
                continue
            element = part.element if isinstance(part, Code) else None
            for number in range(len(self.cases(part, hand))):
                value = bare(self.expected(part, number, readings[part.name], hand))
                if value is not RAISED:
                    value = (
                        written(comparator_of(part, readings[part.name]), value)
                        if element is None
                        else value[element]
                    )
                pieces.setdefault(call_key(self.task, part, number), {})[element] = value
        return {key: _observation(elements) for key, elements in pieces.items()}

    def verdicts(self, hand: Hand, seen: Mapping[str, Observation]) -> dict[str, Verdict]:
        """Part → verdict on what was observed in this task."""
        mark = mark_task(Evidence(self.expectations, hand, seen), self.task, {})
        return {verdict.part: verdict for verdict in mark.verdicts}

    def described(self, part: Part, hand: Hand) -> str:
        """What was dealt of what `part` depends on."""
        used = self.expectations.used(self.task, part, hand[self.task.name])
        text = ", ".join(f"{name} = {value!r}" for name, value in used.items())
        return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def asked(task: Task, part: Part, setting: Setting) -> Setting:
    """Those conventions of `setting` that bear on `part`."""
    return tuple((switch, value) for switch, value in setting if switch in names_bearing(task, part))


def bare(expected: Any) -> Any:
    """An expected value without its noise."""
    return expected.value if isinstance(expected, Measured) else expected


def encodable(value: Any) -> Any:
    """`value` with exact fractions as a student would type them."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, np.ndarray) and value.dtype == object:
        return encodable(value.tolist())
    if isinstance(value, (list, tuple)):
        return [encodable(item) for item in value]
    return value


def _observation(elements: Mapping[int | None, Any]) -> Observation:
    """One value, or the tuple of those that several parts score."""
    if any(value is RAISED for value in elements.values()):
        return Observation("raised")
    numbers = sorted(number for number in elements if number is not None)
    whole = elements[None] if None in elements else tuple(elements.get(n) for n in range(numbers[-1] + 1))
    try:
        return Observation("returned", Raw(plain.dumps(whole)))
    except plain.Unsupported:
        return Observation("returned", Raw(plain.dumps(encodable(whole))))


def galley_of(assignment: Assignment, task: Task, depth: Depth, seed: str) -> Galley:
    """Lay a task out. Raises whatever its author's function of dealing raises."""
    kept = {task.name, *_builds_on(assignment, task)}
    narrowed = replace(assignment, tasks={n: t for n, t in assignment.tasks.items() if n in kept})
    hands, complete = _hands(narrowed, task, depth, seed)
    return Galley(assignment, narrowed, task, depth, seed, hands, complete)


def _builds_on(assignment: Assignment, task: Task) -> set[str]:
    """Names of the tasks whose answers `task` asks for, directly or not."""
    found: set[str] = set()
    for part in task.parts:
        for other, _ in earlier_answers(assignment, task, part).values():
            if other is not task and other.name not in found:
                found |= {other.name, *_builds_on(assignment, other)}
    return found


def _hands(assignment: Assignment, task: Task, depth: Depth, seed: str) -> tuple[tuple[Hand, ...], bool]:
    def deal(student: str) -> dict[str, dict[str, Any]]:
        return {name: deal_task(assignment, other, student) for name, other in assignment.tasks.items()}

    if isinstance(task.variants, Mapping):
        choices = {name: list(values) for name, values in task.variants.items()}
        if prod(map(len, choices.values())) <= depth.variants:
            first = deal("proof")
            combinations = product(*choices.values())
            dealt = [dict(zip(choices, values, strict=True)) for values in combinations]
            return tuple({**first, task.name: variant} for variant in dealt), True
    return tuple(
        deal(f"proof {seed} {number}") for number in range(max(depth.variants, depth.mutants))
    ), False


def undealt(task: Task, error: Exception) -> Fault:
    """The fault of a function of dealing that has raised `error` for some student."""
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == task.file
    ]
    problem = f"not every variant can be dealt: {type(error).__name__}: {error}"
    return Fault(f"{task.file}:{lines[-1] if lines else 1}", "P501", problem, "Deal the seeds one by one.")
