"""A class that takes an exam: tickets, and submissions that answer as somebody would who holds a reading.

Every third student is right, every third holds to other conventions where there are any, and every third makes one
mistake in each task. What must be found of each part is
known from how the answer was made, not from the judge; a mistake is made only where nothing else explains it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.author.assignment import Assignment
from grader.author.parts import Answer, Code, Part, Text, fraction
from grader.author.readings import (
    Reading,
    Setting,
    convention_settings,
    full_reading,
    names_bearing,
    names_used,
)
from grader.author.readings import single_readings as mistakes_of
from grader.author.tasks import Task
from grader.judge.dealing import Hand, call_key, cases_of, deal
from grader.judge.evidence import Evidence
from grader.judge.expecting import Expectations
from grader.model.gradebook import Record
from grader.model.observation import Observation
from grader.proofreaders._galley import QUICK, Galley, galley_of


@dataclass(frozen=True)
class Found:
    """What must be found of one part; `points` are None where a person must look."""

    finding: str
    codes: tuple[str, ...]
    points: Fraction | None


@dataclass
class Somebody:
    """One student: what must be found, by `task.part`, and what came of each call."""

    student: str
    found: dict[str, Found] = field(default_factory=dict)
    seen: dict[str, Observation] = field(default_factory=dict)

    def misfound(self, record: Record) -> list[str]:
        """What was found to be something else."""
        verdicts = {f"{v.task}.{v.part}": v for mark in record.marks for v in mark.verdicts}
        wrong = [f"{self.student}: {place} is not judged" for place in self.found.keys() - verdicts.keys()]
        for place, verdict in verdicts.items():
            points = None if verdict.finding in ("awaiting", "withheld", "undecided") else verdict.points
            seen = Found(verdict.finding, verdict.codes, points)
            if seen != self.found.get(place):
                wrong.append(f"{self.student}: {place} is {seen}, made as {self.found.get(place)}")
        return wrong


class Simulation:
    """Makes students of an assignment whose tickets are known."""

    def __init__(self, assignment: Assignment, seed: int = 0) -> None:
        self.assignment = assignment
        self.expectations = Expectations(assignment)
        self.rng = random.Random(seed)
        self.galleys: dict[str, Galley] = {}
        self.made: dict[str, int] = defaultdict(int)

    def student(self, name: str, number: int) -> Somebody:
        """Make one student; `number` decides of which kind."""
        hand = deal(self.assignment, name)
        somebody = Somebody(name)
        for task in self.assignment.asked_of(name).values():
            setting = self._setting(task, number)
            readings = {p.name: self._right(task, p, setting) for p in task.parts if not isinstance(p, Text)}
            parts = [part for part in task.parts if part.name in readings]
            self.rng.shuffle(parts)
            wrong = (
                next(self._mistakes(task, parts, readings, hand, setting), None) if number % 3 == 2 else None
            )
            part, reading = wrong or (None, None)
            if part is not None and reading is not None:
                readings[part.name] = reading
            seen = self._galley(task).observed(hand, readings)
            somebody.seen |= seen
            for other in task.parts:
                place = f"{task.name}.{other.name}"
                somebody.found[place] = self._found(task, other, readings, hand, seen, setting)
            self.made["mistake" if wrong else "right" if number % 3 == 0 else "other convention"] += 1
        return somebody

    def _setting(self, task: Task, number: int) -> Setting:
        settings = convention_settings(task, frozenset().union(*map(names_used, task.parts)))
        return settings[0] if number % 3 == 0 else self.rng.choice(settings[1:] or settings)

    def _galley(self, task: Task) -> Galley:
        if task.name not in self.galleys:
            whole = self.assignment.tasks[task.name]
            self.galleys[task.name] = galley_of(self.assignment, whole, QUICK, "class")
        return self.galleys[task.name]

    def _bearing(self, task: Task, part: Part, setting: Setting) -> Setting:
        return tuple((name, value) for name, value in setting if name in names_bearing(task, part))

    def _right(self, task: Task, part: Part, setting: Setting) -> Reading:
        return full_reading(part, self._bearing(task, part, setting))

    def _mistakes(
        self, task: Task, parts: Sequence[Part], readings: Mapping[str, Reading], hand: Hand, setting: Setting
    ) -> Iterator[tuple[Part, Reading]]:
        """Mistakes that show in what was dealt, and that nothing else explains as well."""
        for part in parts:
            wrong = list(mistakes_of(part, self._bearing(task, part, setting)))
            self.rng.shuffle(wrong)
            for reading in wrong:
                seen = self._galley(task).observed(hand, {**readings, part.name: reading})
                came_back = [o.outcome == "returned" for _, o in self._of(part, task, hand, seen)]
                shared = isinstance(part, Code) and part.element is not None  # then others would raise along
                if (all if shared else any)(came_back) and self._is_alone(task, part, reading, hand, seen):
                    yield part, reading

    def _of(
        self, part: Part, task: Task, hand: Hand, seen: Mapping[str, Observation]
    ) -> list[tuple[int, Observation]]:
        count = len(cases_of(self.assignment, task, part, hand[task.name]))
        return [(number, seen[call_key(task, part, number)]) for number in range(count)]

    def _is_alone(
        self, task: Task, part: Part, reading: Reading, hand: Hand, seen: Mapping[str, Observation]
    ) -> bool:
        evidence = Evidence(self.expectations, hand, seen)
        numbers = [number for number, _ in self._of(part, task, hand, seen)]

        def explains(other: Reading) -> bool:
            return all(evidence.agrees(task, part, number, other, {}) for number in numbers)

        for setting in convention_settings(task, names_bearing(task, part)):
            others = [full_reading(part, setting), *mistakes_of(part, setting)]
            rivals = (other for other in others if other != reading and other.credit >= reading.credit)
            if any(map(explains, rivals)):
                return False
        return explains(reading)

    def _found(
        self,
        task: Task,
        part: Part,
        readings: Mapping[str, Reading],
        hand: Hand,
        seen: Mapping[str, Observation],
        setting: Setting,
    ) -> Found:
        if isinstance(part, Text):
            return Found("awaiting", (), None)
        reading, worth = readings[part.name], fraction(part.points)
        if not reading.codes:
            return Found("right", (), worth)
        evidence = Evidence(self.expectations, hand, seen)
        right = self._right(task, part, setting)
        agreed: dict[str, bool] = defaultdict(lambda: True)
        cases = cases_of(self.assignment, task, part, hand[task.name])
        for number, case in enumerate(cases):
            agreed[case.aspect] &= evidence.agrees(task, part, number, right, {})
        weights = {
            aspect: fraction(part.aspects.get(aspect, 0 if part.aspects else 1))
            if isinstance(part, Code)
            else 0
            for aspect in agreed
        }
        total = sum(weights.values(), Fraction(0))
        earned = sum((weights[aspect] for aspect, good in agreed.items() if good), Fraction(0))
        share = earned / total if total else Fraction(0)
        if isinstance(part, Answer):  # a choice may earn for what is right in it
            share = evidence.share(task, part, right)
        return Found("misconception", reading.codes, worth * max(reading.credit, share))
