"""Answers that are right for somebody else's numbers, found by a hash of what is right for each of the class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.author.parts import Answer, Text
from grader.author.readings import convention_settings, full_reading, names_used
from grader.author.tasks import Task
from grader.guest import plain
from grader.judge.dealing import Hand, call_key, deal, looks
from grader.judge.expecting import RAISED, Expectations
from grader.model.gradebook import Record

WRONG = frozenset({"unexplained", "misconception"})
SHARE = 20
FEW = 3
"""An answer that is right for more than `FEW` others and for more than one in `SHARE` says nothing about anybody."""


@dataclass(frozen=True)
class Match:
    """An answer of `student` that is right for the numbers of `owners`; `explained`: it is a known mistake, too."""

    student: str
    task: str
    part: str
    owners: tuple[str, ...]
    explained: bool


@dataclass
class Elsewhere:
    """The right answers of a class, by part; each is worked out when the first wrong answer to it is met."""

    expectations: Expectations
    students: Sequence[str]
    _right: dict[Answer, Mapping[Hashable, tuple[str, ...]]] = field(default_factory=dict)
    _hands: dict[str, Hand] = field(default_factory=dict)

    def matches(self, record: Record) -> Iterator[Match]:
        """Wrong answers of one student that are right for others, but not for so many that it says nothing."""
        tasks = self.expectations.assignment.asked_of(record.student.id)
        for mark in record.marks:
            task = tasks.get(mark.task)
            for verdict in mark.verdicts if task is not None else ():
                part = task.part(verdict.part) if task is not None else None
                if task is None or verdict.finding not in WRONG or not isinstance(part, Answer):
                    continue
                observation = record.observations.get(call_key(task, part, 0))
                if isinstance(part, Text) or observation is None or observation.outcome != "returned":
                    continue
                owners = self.owners(task, part, plain.loads(bytes(observation.value)))
                others = tuple(owner for owner in owners if owner != record.student.id)
                if 0 < len(others) <= max(FEW, len(self.students) // SHARE):
                    explained = verdict.finding == "misconception"
                    yield Match(record.student.id, task.name, part.name, others, explained)

    def owners(self, task: Task, part: Answer, value: Any) -> tuple[str, ...]:
        """Students for whose numbers `value` is right under some convention."""
        key = key_of(part, value)
        if key is None:
            return ()
        if part not in self._right:
            self._right[part] = self._index(task, part)
        return self._right[part].get(key, ())

    def _index(self, task: Task, part: Answer) -> Mapping[Hashable, tuple[str, ...]]:
        found: dict[Hashable, list[str]] = defaultdict(list)
        settings = convention_settings(task, names_used(part))
        for student in self.students:
            if task.name not in self.expectations.assignment.asked_of(student):
                continue
            keys = {self._key(task, part, full_reading(part, setting), student) for setting in settings}
            for key in keys - {None}:
                found[key].append(student)
        return {key: tuple(students) for key, students in found.items()}

    def _key(self, task: Task, part: Answer, reading: Any, student: str) -> Hashable:
        if student not in self._hands:
            self._hands[student] = deal(self.expectations.assignment, student)
        try:
            expected = self.expectations.expected(task, part, 0, reading, self._hands[student], {})
        except Exception:  # noqa: BLE001 - one student's numbers that fail withhold that student's mark, and are told there
            return None
        return None if expected is RAISED else key_of(part, expected)


def key_of(part: Answer, value: Any) -> Hashable:
    """What all answers have in common that the comparator takes for the same; None where that is not known."""
    key = getattr(part.compare, "key", None)
    if key is not None:
        found: Hashable = key(value)
        return found
    read = getattr(part.compare, "read", None)
    try:
        seen = None if read is None else read(value)
    except (ValueError, TypeError):
        return None
    return None if seen is None else looks(seen)
