"""What a reading expects, computed once per case and variant."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.author.assignment import Assignment
from grader.author.parts import Answer, Part, Text
from grader.author.readings import (
    Reading,
    Setting,
    evaluate,
    full_reading,
    functions,
    names_asked,
    names_bearing,
    names_used,
    wanted_names,
)
from grader.author.tasks import Task
from grader.errors import InternalError
from grader.judge.dealing import Hand, cases_of, looks
from grader.judge.keeping import Kept
from grader.model.comparing import Measured
from grader.model.given import Given

if TYPE_CHECKING:
    from grader.judge.evidence import Evidence

KEPT = 8192
KEPT_FINDINGS = 4096
KEPT_EXHIBITS = 1024
PERTURBATIONS = 2


class Raised:
    """What a reading expects where it raises: a student who holds it would see an exception."""


RAISED = Raised()


class Expectations:
    """Expected values of one assignment, the most recent ones kept.

    So is what they lead to: `findings` of parts and `exhibits` of pages. Many of a class give the same answers to the
    same cases, byte for byte; they are compared and shown alike. `evidence` is that of the student judged last.
    """

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self._kept = Kept(KEPT)
        self.findings = Kept(KEPT_FINDINGS)
        self.exhibits = Kept(KEPT_EXHIBITS)
        self.evidence: Evidence | None = None
        self._hand: Hand | None = None
        self._dealt_parts: dict[Part, Hashable] = {}
        self._earlier: dict[Part, dict[str, tuple[Task, Answer]]] = {}

    def expected(
        self, task: Task, part: Part, number: int, reading: Reading, hand: Hand, own: Mapping[str, Any]
    ) -> Any:
        """What `reading` answers to case `number`, with its noise; `RAISED` where it fails.

        `own` holds the student's own earlier answers by the oracle's keyword, for following through.
        Raises `InternalError` where the oracle itself fails: then nobody's mark may suffer.
        """
        if own or self._other_tasks(part, task):
            return self._evaluate(task, part, number, reading, hand, own)
        key = (part, number, reading.setting, reading.misconception, self.dealt(task, part, hand))
        return self._kept.once(key, lambda: self._evaluate(task, part, number, reading, hand, own))

    def differ(
        self, task: Task, part: Part, numbers: tuple[int, ...], one: Reading, other: Reading, hand: Hand
    ) -> bool:
        """Whether two readings answer differently to any of the cases `numbers`, to the last digit."""

        def found() -> bool:
            return any(
                _bare(self.expected(task, part, number, one, hand, {}))
                != _bare(self.expected(task, part, number, other, hand, {}))
                for number in numbers
            )

        if self._other_tasks(part, task):
            return found()
        dealt = self.dealt(task, part, hand)
        return bool(
            self._kept.once((part, numbers, one.setting, other.setting, other.misconception, dealt), found)
        )

    def dealt(self, task: Task, part: Part, hand: Hand) -> Hashable:
        """What a student was dealt that `part` depends on; worked out once while one student is judged."""
        if self._hand is not hand:
            self._hand, self._dealt_parts = hand, {}
        if part not in self._dealt_parts:
            self._dealt_parts[part] = looks(self.used(task, part, hand[task.name]))
        return self._dealt_parts[part]

    def context(
        self, task: Task, part: Part, setting: Setting, hand: Hand, own: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Variant parameters, and earlier answers: the student's own where given, else the right ones."""
        context = {**hand[task.name]}
        for name, (earlier_task, earlier) in self.earlier(task, part).items():
            if name in own:
                context[name] = own[name]
                continue
            same = setting if earlier_task.name == task.name else ()
            asked = names_bearing(earlier_task, earlier)
            conventions = tuple((s, v) for s, v in same if s in earlier_task.conventions and s in asked)
            usual = tuple((s, next(iter(v))) for s, v in earlier_task.conventions.items() if s in asked)
            reading = full_reading(earlier, tuple({**dict(usual), **dict(conventions)}.items()))
            inner = self.context(earlier_task, earlier, reading.setting, hand, {})
            context[name] = evaluate(earlier, reading, (), inner)
        return context

    def earlier(self, task: Task, part: Part) -> dict[str, tuple[Task, Answer]]:
        """Keywords of the oracle of `part` that are earlier answers, found once."""
        if part not in self._earlier:
            self._earlier[part] = earlier_answers(self.assignment, task, part)
        return self._earlier[part]

    def used(self, task: Task, part: Part, variant: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters that an expected value may depend on: all, where earlier answers or any names are taken."""
        if self.earlier(task, part) or any(names_asked(part, function)[1] for function in functions(part)):
            return dict(variant)
        pose = getattr(part, "pose", None)
        names = names_used(part) | set(wanted_names(pose)[0] if pose is not None else ())
        return {name: value for name, value in variant.items() if name in names}

    def _other_tasks(self, part: Part, task: Task) -> bool:
        return any(other.name != task.name for other, _ in self.earlier(task, part).values())

    def _evaluate(
        self, task: Task, part: Part, number: int, reading: Reading, hand: Hand, own: Mapping[str, Any]
    ) -> Any:
        arguments = cases_of(self.assignment, task, part, hand[task.name])[number].arguments
        try:
            with np.errstate(all="ignore"):
                context = self.context(task, part, reading.setting, hand, own)
                value = evaluate(part, reading, arguments, context)
                return _measured(part, reading, arguments, context, value)
        except Exception as error:
            if reading.codes or own or slips_of(part, reading):
                return RAISED
            raise InternalError(f"the oracle of {task.name}.{part.name} failed: {error!r}") from error


def _bare(expected: Any) -> Any:
    return (
        expected
        if expected is RAISED
        else looks(expected.value if isinstance(expected, Measured) else expected)
    )


def slips_of(part: Part, reading: Reading) -> list[str]:
    """Switches of `part` that `reading` sets wrong, its own slips and those taken over from an earlier part."""
    setting = dict(reading.setting)
    return [switch for switch, values in part.slips.items() if setting.get(switch) != next(iter(values))]


def earlier_answers(assignment: Assignment, task: Task, part: Part) -> dict[str, tuple[Task, Answer]]:
    """Keywords of the oracle of `part` that are earlier answers: of this task (`dz`) or others (`q10_dW`)."""
    found: dict[str, tuple[Task, Answer]] = {}
    names = names_used(part)
    for other in assignment.tasks.values():
        for candidate in other.parts:
            keyword = candidate.name if other.name == task.name else f"{other.name}_{candidate.name}"
            if candidate is part or keyword not in names or not isinstance(candidate, Answer):
                continue
            if isinstance(candidate, Text):
                continue
            if other.name == task.name and candidate not in task.parts[: list(task.parts).index(part)]:
                continue
            found[keyword] = (other, candidate)
    return found


def _measured(
    part: Part, reading: Reading, arguments: tuple[Any, ...], context: Mapping[str, Any], value: Any
) -> Any:
    """Add the noise: how far the value moves when floating inputs are perturbed in their last place."""
    if not any(_floats(argument) for argument in arguments) or isinstance(part, Answer):
        return value
    rng = np.random.default_rng(0)
    try:
        moved = [
            evaluate(part, reading, tuple(perturbed(argument, rng) for argument in arguments), context)
            for _ in range(PERTURBATIONS)
        ]
    except Exception:  # noqa: BLE001 - an oracle may refuse perturbed input (a probability above 1): no noise then
        return value
    return Measured(value, _spread(value, moved))


def _spread(value: Any, moved: list[Any]) -> Any:
    if type(value) in (tuple, list):
        if any(type(m) is not type(value) or len(m) != len(value) for m in moved):
            return 0.0
        return tuple(_spread(item, [m[i] for m in moved]) for i, item in enumerate(value))
    try:
        base = np.asarray(value, dtype=np.complex128)
        return np.max([np.abs(np.asarray(m, dtype=np.complex128) - base) for m in moved], axis=0)
    except (TypeError, ValueError):  # other shapes, or no numbers at all
        return 0.0


def _floats(argument: Any) -> bool:
    if type(argument) is Given:
        return any(map(_floats, argument.arguments))
    return type(argument) is float or (isinstance(argument, np.ndarray) and argument.dtype.kind in "fc")


def perturbed(argument: Any, rng: np.random.Generator) -> Any:
    """A floating input that is moved by one rounding, each entry up or down."""
    if not _floats(argument):
        return argument
    if type(argument) is Given:
        return Given(argument.function, tuple(perturbed(leading, rng) for leading in argument.arguments))
    if type(argument) is float:
        return argument * (1 + np.finfo(float).eps * (1 if rng.random() < 0.5 else -1))
    signs = rng.choice([-1.0, 1.0], size=argument.shape)
    return (argument * (1 + np.finfo(argument.dtype).eps * signs)).astype(argument.dtype)
