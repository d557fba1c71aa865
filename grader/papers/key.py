"""The instructor's key to one ticket: right answers under every convention, what mistakes give, rubrics."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from textwrap import dedent
from typing import Any

from grader.author.parts import Code, Part, Text, fraction
from grader.author.readings import (
    Reading,
    Setting,
    comparator_of,
    convention_settings,
    full_reading,
    names_used,
    single_readings,
)
from grader.author.tasks import Task
from grader.author.tickets import Ticket
from grader.errors import InternalError
from grader.judge.dealing import Hand, cases_of, deal
from grader.judge.evidence import written
from grader.judge.expecting import RAISED, Expectations
from grader.model.comparing import Measured
from grader.papers.paper import name_of
from grader.reports.evidence import argument_names
from grader.reports.shown import Shown, shown
from grader.reports.words import Words, words_of

MISTAKES = 24
"""Mistakes of one part that are listed, the best paid first."""
ALIKE = 3
"""Answers to which one mistake may lead that are listed."""


@dataclass(frozen=True)
class Right:
    """A right answer; `under` names the conventions, where others give another one.

    `set_as` is a formula as mathematics, in Markdown, and empty for what is none.
    """

    under: str
    answer: Shown
    set_as: str = ""


@dataclass(frozen=True)
class Wrong:
    """A mistake, what it gives, each as good as the others, and what that is worth; a mistake may give nothing."""

    says: str
    points: Fraction
    answers: tuple[Shown, ...]


@dataclass(frozen=True)
class Criterion:
    """A question about a text, and what a yes earns."""

    says: str
    points: Fraction


@dataclass(frozen=True)
class PartKey:
    """The key to one part; `posed` and `source` are those of a function."""

    name: str
    asks: str
    points: Fraction
    right: tuple[Right, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    left_out: int = 0
    rubric: tuple[Criterion, ...] = ()
    posed: tuple[tuple[str, Shown], ...] = ()
    source: str = ""


@dataclass(frozen=True)
class TaskKey:
    """The key to one task, with its statement as it was dealt."""

    name: str
    title: str
    statement: str
    points: Fraction
    parts: tuple[PartKey, ...]


@dataclass(frozen=True)
class Key:
    """The key to one ticket, in the instructor's language."""

    words: Words
    title: str
    student: str
    name: str
    tasks: tuple[TaskKey, ...]


def gather_key(expectations: Expectations, ticket: Ticket, language: str) -> Key:
    """Gather the key to the ticket of one student."""
    assignment = expectations.assignment
    keyed = _Keying(expectations, deal(assignment, ticket.student), words_of(language))
    asked = assignment.asked_of(ticket.student).values()
    title = assignment.title(keyed.words.language)
    return Key(keyed.words, title, ticket.student, ticket.name, tuple(map(keyed.task_key, asked)))


@dataclass(frozen=True)
class _Keying:
    """What the keys of one ticket are gathered from."""

    expectations: Expectations
    hand: Hand
    words: Words

    def say(self, task: Task, text: str) -> str:
        return self.expectations.assignment.say(self.words.language, text, self.hand[task.name])

    def task_key(self, task: Task) -> TaskKey:
        parts = tuple(self.part_key(task, part) for part in task.parts)
        return TaskKey(
            task.name, self.say(task, task.title), self.say(task, task.statement), task.points, parts
        )

    def part_key(self, task: Task, part: Part) -> PartKey:
        name, asks, points = name_of(task, part), self.say(task, part.asks), fraction(part.points)
        if isinstance(part, Text):
            shares = part.shares()
            rubric = tuple(Criterion(self.say(task, c.says), shares[c.code]) for c in part.criteria)
            return PartKey(name, asks, points, rubric=rubric)
        wrong = self._wrong(task, part)
        return PartKey(
            name,
            asks,
            points,
            right=self._right(task, part),
            wrong=tuple(wrong[:MISTAKES]),
            left_out=max(0, len(wrong) - MISTAKES),
            posed=self._posed(task, part),
            source=dedent(inspect.getsource(part.right)) if isinstance(part, Code) and part.right else "",
        )

    def _right(self, task: Task, part: Part) -> tuple[Right, ...]:
        """The answers for each convention, each answer once."""
        typeset = getattr(part.compare, "typeset", lambda answer: None)
        found: dict[Shown, list[Setting]] = {}
        set_as: dict[Shown, str] = {}
        for setting in convention_settings(task, names_used(part)):
            for face in self._faces(task, part, full_reading(part, setting)):
                answer, latex = shown(face), typeset(face) if isinstance(face, str) else None
                found.setdefault(answer, []).append(setting)
                set_as[answer] = f"${latex}$" if latex else ""
        return tuple(
            Right(self._named(task, settings) if len(found) > 1 else "", answer, set_as[answer])
            for answer, settings in found.items()
        )

    def _named(self, task: Task, settings: list[Setting]) -> str:
        spelled = (
            ", ".join(self.say(task, task.conventions[switch][value]) for switch, value in setting)
            for setting in settings
        )
        return "; ".join(spelled)

    def _wrong(self, task: Task, part: Part) -> list[Wrong]:
        """Every mistake that gives another answer than the right one, under the usual conventions."""
        usual = convention_settings(task, names_used(part))[0]
        rightly = self._rightly(task, part, full_reading(part, usual))
        found = []
        for reading in single_readings(part, usual):
            right = rightly(self._value(task, part, reading))
            if right and comparator_of(part, reading) is part.compare:
                continue
            says = " ".join(self.say(task, sentence) for sentence in reading.says)
            answers = () if right else tuple(map(shown, self._faces(task, part, reading)[:ALIKE]))
            found.append(Wrong(says, reading.credit * fraction(part.points), answers))
        return found

    def _rightly(self, task: Task, part: Part, reading: Reading) -> Callable[[Any], bool]:
        """Tells whether somebody who answers this is right, however it is written."""
        right = self._value(task, part, reading)
        agrees = getattr(part.compare, "agrees", None)
        known: dict[str, bool] = {}

        def rightly(value: Any) -> bool:
            if value is None or right is None:
                return False
            if agrees is None or isinstance(part, Code):
                return shown(value) == shown(right)
            answer = written(part.compare, value)
            key = repr(answer)
            if key not in known:
                known[key] = agrees(right, answer)
            return known[key]

        return rightly

    def _faces(self, task: Task, part: Part, reading: Reading) -> tuple[Any, ...]:
        """What somebody may answer to the first case who reads it so; nothing where that fails."""
        value = self._value(task, part, reading)
        if value is None:
            return ()
        faces = getattr(comparator_of(part, reading), "faces", lambda value: (value,))
        return tuple(faces(value))

    def _value(self, task: Task, part: Part, reading: Reading) -> Any:
        """What a reading answers to the first case; None where it fails."""
        try:
            value: Any = self.expectations.expected(task, part, 0, reading, self.hand, {})
        except InternalError:
            return None
        if value is RAISED:
            return None
        value = value.value if isinstance(value, Measured) else value
        return value[part.element] if isinstance(part, Code) and part.element is not None else value

    def _posed(self, task: Task, part: Part) -> tuple[tuple[str, Shown], ...]:
        if not isinstance(part, Code):
            return ()
        case = cases_of(self.expectations.assignment, task, part, self.hand[task.name])[0]
        names = argument_names(part, len(case.arguments))
        return tuple((name, shown(value)) for name, value in zip(names, case.arguments, strict=True))
