"""Recording an assignment as a kit: what every reading answers to the public cases of one student's variant."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import chain
from typing import Any, Literal, get_args

from msgspec import structs

from grader.author.assignment import Assignment
from grader.author.catalogue import folded
from grader.author.parts import Code, Part, Text
from grader.author.readings import (
    Reading,
    Setting,
    convention_settings,
    full_reading,
    names_used,
    paired_readings,
    single_readings,
)
from grader.author.tasks import Task
from grader.guest import plain
from grader.judge.dealing import Hand, cases_of, deal, posing_part
from grader.judge.expecting import RAISED, Expectations
from grader.model.comparing import Measured
from grader.model.given import encoded_argument
from grader.model.kit import (
    FORMAT,
    Kit,
    KitAnswer,
    KitCase,
    KitMistake,
    KitPart,
    KitReading,
    KitSlip,
    KitTask,
    KitValue,
    Made,
    Switch,
)

COMPARATORS = "grader.comparators."


class Unrecordable(Exception):  # noqa: N818 - named after what a part is
    """A part cannot be told in plain data: a comparator of the course's own, an answer that is a law."""


def recorded(assignment: Assignment, student: str) -> Kit:
    """The kit of `student`, or of everybody where nothing is dealt. Raises `InternalError` where an oracle fails."""
    recorder = _Recorder(assignment, deal(assignment, student))
    tasks = tuple(recorder.task(task) for task in assignment.asked_of(student).values())
    decisions = assignment.decisions
    return Kit(
        FORMAT,
        assignment.name,
        student,
        dict(decisions.title),
        decisions.language,
        decisions.limits,
        dict(decisions.repairs),
        dict(assignment.given),
        tasks,
        _translations(assignment, tasks),
        tuple(recorder.values.values()),
    )


def made(compare: Any) -> Made:
    """A comparator as plain data. Raises `Unrecordable`."""
    kind = type(compare)
    if not kind.__module__.startswith(COMPARATORS) or not is_dataclass(compare):
        raise Unrecordable(kind.__name__)
    values = {one.name: _plain_field(getattr(compare, one.name)) for one in fields(compare)}
    return Made(kind.__module__.removeprefix(COMPARATORS), kind.__name__, values)


def _plain_field(value: Any) -> Any:
    if value is None or type(value) in (bool, int, float, str):
        return value
    if type(value) in (tuple, list):
        return [_plain_field(item) for item in value]
    raise Unrecordable(type(value).__name__)


@dataclass
class _Recorder:
    assignment: Assignment
    hand: Hand
    values: dict[str, KitValue] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.expectations = Expectations(self.assignment)
        self.places: dict[str, int] = {}

    def task(self, task: Task) -> KitTask:
        """One task, with those of its parts that can be recorded."""
        parts: dict[str, KitPart] = {}
        for part in task.parts:
            try:
                if isinstance(part, Code):
                    parts[part.name] = self.part(task, part, parts)
            except (Unrecordable, plain.Unsupported):
                continue  # it is told among those that are not checked
        left = (part for part in task.parts if part.name not in parts)
        unchecked = tuple(KitAnswer(part.name, _kind(part)) for part in left)
        conventions = tuple((name, tuple(values.items())) for name, values in task.conventions.items())
        told = KitTask(
            task.name, task.title, task.statement, conventions, {}, tuple(parts.values()), unchecked
        )
        whole = " ".join([*texts_of(told), *(part.asks for part in task.parts)])
        shown = {name: str(value) for name, value in self.hand[task.name].items() if f"{{{name}}}" in whole}
        return structs.replace(told, shown=shown)

    def part(self, task: Task, part: Code, parts: Mapping[str, KitPart]) -> KitPart:
        """One function. Raises `Unrecordable` or `plain.Unsupported`."""
        cases = [
            (number, case)
            for number, case in enumerate(cases_of(self.assignment, task, part, self.hand[task.name]))
            if case.public
        ]
        owner = posing_part(task, part)
        if not cases or (owner is not part and owner.name not in parts):
            raise Unrecordable("no public case")
        readings = {
            (frozenset(reading.setting), reading.misconception): reading for reading in _readings(task, part)
        }
        return KitPart(
            part.name,
            str(part.points),
            part.asks,
            made(part.compare),
            part.entry,
            part.element,
            {aspect: str(weight) for aspect, weight in part.aspects.items()},
            part.continues.name if part.continues is not None and part.continues.name in parts else "",
            owner.name,
            argument_names(part),
            tuple(name for name in task.conventions if name in names_used(part)),
            _slips(part),
            _mistakes(part),
            tuple(KitCase(n, c.aspect, tuple(map(encoded_argument, c.arguments))) for n, c in cases),
            tuple(self.reading(task, part, one, [n for n, _ in cases]) for one in readings.values()),
        )

    def reading(self, task: Task, part: Part, reading: Reading, numbers: list[int]) -> KitReading:
        """What one reading answers."""
        answers = (self.expectations.expected(task, part, n, reading, self.hand, {}) for n in numbers)
        return KitReading(reading.setting, reading.misconception, tuple(map(self.place, answers)))

    def place(self, expected: Any) -> int | None:
        """The place of an expected value among the kit's; equal ones are kept once."""
        if expected is RAISED:
            return None
        measured = expected if isinstance(expected, Measured) else Measured(expected, None)
        kept = KitValue(plain.encode(measured.value), plain.encode(measured.noise))
        key = json.dumps([kept.value, kept.noise])
        self.values.setdefault(key, kept)
        return self.places.setdefault(key, len(self.places))


def argument_names(part: Part) -> tuple[str, ...]:
    """The arguments of a function that students write, as its oracle names them."""
    parameters = inspect.signature(part.right).parameters.values() if part.right is not None else ()
    return tuple(p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD))


def _kind(part: Part) -> Literal["answer", "code", "text"]:
    return "code" if isinstance(part, Code) else "text" if isinstance(part, Text) else "answer"


def _readings(task: Task, part: Code) -> Iterator[Reading]:
    """Every reading that a judge may ask for."""
    for setting in convention_settings(task, names_used(part)):
        yield full_reading(part, setting)
        yield from single_readings(part, setting)
        yield from paired_readings(part, setting)
        for taken_over in _taken_over(task, part, setting):
            yield full_reading(part, setting, taken_over)


def _taken_over(task: Task, part: Code, setting: Setting) -> set[Setting]:
    """Slips that may have been found in the part that this one continues, on switches that both have."""
    earlier = part.continues
    if earlier is None:
        return set()
    asked = tuple((switch, value) for switch, value in setting if switch in names_used(earlier))
    wrong = chain(single_readings(earlier, asked), paired_readings(earlier, asked))
    return {tuple((switch, value) for switch, value in one.setting if switch in part.slips) for one in wrong}


def _slips(part: Part) -> tuple[tuple[str, tuple[KitSlip, ...]], ...]:
    if any(type(value) not in get_args(Switch) for values in part.slips.values() for value in values):
        raise Unrecordable("a switch with other values")
    return tuple(
        (
            switch,
            tuple(
                KitSlip(value) if slip is None else KitSlip(value, str(slip.credit), slip.says)
                for value, slip in values.items()
            ),
        )
        for switch, values in part.slips.items()
    )


def _mistakes(part: Part) -> tuple[KitMistake, ...]:
    return tuple(
        KitMistake(m.name, str(m.credit), m.says, None if m.compare is None else made(m.compare), m.general)
        for m in part.misconceptions
    )


def texts_of(task: KitTask) -> list[str]:
    """Everything that a kit may say of a task."""
    said = [task.title, task.statement, *(text for _, values in task.conventions for _, text in values)]
    for part in task.parts:
        said += [part.asks, *(case.aspect for case in part.cases), *(m.says for m in part.mistakes)]
        said += [slip.says for _, values in part.slips for slip in values]
    return [text for text in dict.fromkeys(said) if text]


def _translations(assignment: Assignment, tasks: tuple[KitTask, ...]) -> dict[str, dict[str, str]]:
    keys = [folded(text) for task in tasks for text in texts_of(task)]
    return {
        language: {key: known.gettext(key) for key in keys if known.gettext(key) != key}
        for language, known in assignment.catalogue.translations.items()
    }
