"""Replaying a kit: an assignment whose readings are looked up instead of computed."""

from __future__ import annotations

import gettext
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from grader import plugins
from grader.author.assignment import Assignment, Decisions
from grader.author.catalogue import Catalogue
from grader.author.parts import Answer, Case, Code, Misconception, Part, Slip, Text, fraction
from grader.author.readings import Reading
from grader.author.tasks import Task
from grader.errors import InternalError
from grader.guest import plain
from grader.judge.dealing import Hand
from grader.judge.expecting import RAISED, Expectations
from grader.model.comparing import Comparator, Measured
from grader.model.given import Given
from grader.model.kit import Kit, KitAnswer, KitPart, KitTask, Made

Key = tuple[str, str, frozenset[tuple[str, Any]], str]


class Replayed(Expectations):
    """Expected values of a kit."""

    def __init__(self, assignment: Assignment, kit: Kit) -> None:
        super().__init__(assignment)
        self._values = [_measured(one.value, one.noise) for one in kit.values]
        self._answers: dict[Key, dict[int, int | None]] = {
            (task.name, part.name, frozenset(reading.setting), reading.misconception): {
                case.number: answer for case, answer in zip(part.cases, reading.answers, strict=True)
            }
            for task in kit.tasks
            for part in task.parts
            for reading in part.readings
        }

    def expected(
        self, task: Task, part: Part, number: int, reading: Reading, hand: Hand, own: Mapping[str, Any]
    ) -> Any:
        """What was recorded. Raises `InternalError` for a reading or a case that was not."""
        key = (task.name, part.name, frozenset(reading.setting), reading.misconception)
        try:
            answer = self._answers[key][number]
        except KeyError:
            raise InternalError(f"the kit does not say what {key} answers to case {number}") from None
        return RAISED if answer is None else self._values[answer]

    def check(self) -> None:
        """Raise `IndexError` where an answer is none of the kit's values."""
        for answers in self._answers.values():
            for answer in answers.values():
                if answer is not None and not 0 <= answer < len(self._values):
                    raise IndexError(f"there is no value {answer}")


def _measured(value: Any, noise: Any) -> Any:
    bare = plain.decode(value)
    return bare if noise is None else Measured(bare, plain.decode(noise))


def replayed(kit: Kit, fingerprint: str) -> tuple[Assignment, Replayed]:
    """The assignment as students are asked, and what is expected of those of its parts that the kit can check.

    Raises `ValueError`, `TypeError` or `LookupError` where the kit was not written by this version.
    """
    decisions = Decisions(
        title=kit.title, language=kit.language, limits=kit.limits, repairs=kit.repairs, reveal="public"
    )
    said: dict[str, gettext.NullTranslations] = {
        language: _Said(texts) for language, texts in kit.translations.items()
    }
    tasks = {task.name: _task(task, checked_only=False) for task in kit.tasks}
    whole = Assignment(kit.assignment, Path(), decisions, tasks, Catalogue(said), fingerprint, kit.given)
    checked = {task.name: _task(task, checked_only=True) for task in kit.tasks if task.parts}
    expectations = Replayed(replace(whole, tasks=checked), kit)
    expectations.check()
    return whole, expectations


class _Said(gettext.NullTranslations):
    """Translations that the kit brings."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self.texts = texts

    def gettext(self, message: str) -> str:
        """The translation, or the text itself."""
        return self.texts.get(message, message)


def _task(told: KitTask, checked_only: bool) -> Task:
    parts: dict[str, Part] = {}
    poses: dict[str, Callable[..., Iterable[Case]]] = {}
    for one in told.parts:
        part = _part(one, parts.get(one.continues))
        part.pose = poses.setdefault(one.poses, _posing(one))
        parts[one.name] = part
    for answer in () if checked_only else told.unchecked:
        parts[answer.name] = _unchecked(answer)
    conventions = {name: dict(values) for name, values in told.conventions}
    task = Task(list(parts.values()), lambda rng: dict(told.shown), conventions)  # type: ignore[arg-type] # as loaded
    task.name, task.title, task.statement = told.name, told.title, told.statement
    return task


def _unchecked(told: KitAnswer) -> Part:
    if told.kind == "code":
        part = Code(told.name, 1, _never)
        part.pose = lambda rng: iter([Case(())])  # one that is not public
        return part
    return Text(told.name, 1) if told.kind == "text" else Answer(told.name, 1, _never)


def _part(told: KitPart, continues: Part | None) -> Code:
    slips = {
        switch: {one.value: Slip(one.credit, one.says) if one.says else None for one in values}
        for switch, values in told.slips
    }
    part = Code(told.name, told.points, _compare(told.compare), told.asks, slips, continues)
    part.entry, part.element, part.aspects = told.entry, told.element, told.aspects
    part.right = _taking(told.takes, told.conventions)
    part.misconceptions = [
        Misconception(
            one.name,
            fraction(one.credit),
            one.says,
            _taking(told.takes, ()),
            None if one.compare is None else _compare(one.compare),
            one.general,
        )
        for one in told.mistakes
    ]
    return part


def _taking(arguments: tuple[str, ...], conventions: tuple[str, ...]) -> Callable[..., Any]:
    """Stands for an oracle that takes these by position and by name; it is never called."""

    def recorded_only(*arguments: Any, **keywords: Any) -> Any:
        raise InternalError("a kit has no oracles")

    parameters = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in arguments]
    parameters += [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in conventions]
    recorded_only.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # what `inspect` asks for
    return recorded_only


def _posing(told: KitPart) -> Callable[..., Iterator[Case]]:
    """Poses the public cases at their places; those between are not told, and not posed."""
    public = {one.number: Case(tuple(map(_argument, one.arguments)), one.aspect, True) for one in told.cases}

    def pose(rng: np.random.Generator) -> Iterator[Case]:
        for number in range(max(public) + 1):
            yield public.get(number, Case(()))

    return pose


def _argument(encoded: Any) -> Any:
    if not (isinstance(encoded, dict) and "g" in encoded):
        return plain.decode(encoded)
    module, name, leading = encoded["g"]

    def given_only(*arguments: Any) -> Any:
        raise InternalError("a kit calls no given function outside the box")

    given_only.__module__, given_only.__name__ = f"given.{module}", name
    return Given(given_only, tuple(map(plain.decode, leading)))


def _compare(told: Made) -> Comparator:
    kind = getattr(plugins.load("grader.comparators", told.file), told.name, None)
    if not (isinstance(kind, type) and is_dataclass(kind)):
        raise LookupError(f"there is no comparator {told.file}.{told.name}")
    compare: Comparator = kind(**{name: _frozen(value) for name, value in told.fields.items()})  # type: ignore[assignment] # its signature is the contract of the folder
    return compare


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _never(expected: Any, actual: Any) -> None:
    raise InternalError("a kit does not compare what is written down")
