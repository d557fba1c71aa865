"""What was observed of one student, and where it parts from what a reading expects."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256
from typing import Any

from msgspec import json

from grader.author.parts import Answer, Code, Part
from grader.author.readings import Reading, comparator_of
from grader.author.tasks import Task
from grader.guest import plain
from grader.judge.dealing import Hand, call_key, cases_of
from grader.judge.expecting import RAISED, Expectations
from grader.model.comparing import Comparator, Measured
from grader.model.observation import Observation
from grader.model.tick import Tick
from grader.model.verdict import Difference

LONGEST_ANSWER = 1 << 16
"""Bytes of a written answer that is always compared; a longer one must be less than `LONGER` times the right one."""
LONGER = 16
TOO_LONG = Difference("unreadable", "1", detail={"wanted": "too_long", "found": "", "column": "1"})


@dataclass
class Evidence:
    """What was observed of one student, decoded once, and what people have decided about the texts.

    `partials` holds what parts earn if nothing explains them, by the conventions that bear on them.
    """

    expectations: Expectations
    hand: Hand
    observations: Mapping[str, Observation]
    ticks: tuple[Tick, ...] = ()
    partials: dict[Hashable, Any] = field(default_factory=dict)
    _decoded: dict[str, Any] = field(default_factory=dict)
    _posed: dict[Part, list[tuple[int, Observation]]] = field(default_factory=dict)
    _seen: dict[Part, bytes] = field(default_factory=dict)
    _agreed: dict[tuple[str, str], bool] = field(default_factory=dict)
    _compared: dict[tuple[str, str], Difference | None] = field(default_factory=dict)

    def posed(self, task: Task, part: Part) -> list[tuple[int, Observation]]:
        """(case number, observation) of the cases of `part` that were posed."""
        if part not in self._posed:
            cases = cases_of(self.expectations.assignment, task, part, self.hand[task.name])
            keyed = ((number, call_key(task, part, number)) for number in range(len(cases)))
            self._posed[part] = [
                (number, self.observations[key]) for number, key in keyed if key in self.observations
            ]
        return self._posed[part]

    def seen(self, task: Task, part: Part) -> bytes:
        """A fingerprint of everything that was observed of `part`."""
        if part not in self._seen:
            self._seen[part] = sha256(json.encode(self.posed(task, part))).digest()
        return self._seen[part]

    def value(self, task: Task, part: Part, number: int) -> Any:
        """The value that came back. Only for an observation that returned."""
        key = call_key(task, part, number)
        if key not in self._decoded:
            self._decoded[key] = plain.loads(bytes(self.observations[key].value))
        return self._decoded[key]

    def agrees(self, task: Task, part: Part, number: int, reading: Reading, own: Mapping[str, Any]) -> bool:
        """Whether the answer to case `number` is what `reading` expects."""
        compare = comparator_of(part, reading)
        quick = getattr(compare, "agrees", None)
        observation = self.observations[call_key(task, part, number)]
        if quick is None or isinstance(part, Code) or observation.outcome != "returned":
            return self.difference(task, part, number, reading, own) is None
        expected = self.expectations.expected(task, part, number, reading, self.hand, own)
        if expected is RAISED or self._too_long(call_key(task, part, number), expected):
            return False
        key = _key(task, part, number, compare), str(expected)
        if key not in self._agreed:
            self._agreed[key] = quick(expected, self.value(task, part, number))
        return self._agreed[key]

    def difference(
        self, task: Task, part: Part, number: int, reading: Reading, own: Mapping[str, Any]
    ) -> Difference | None:
        """Where the answer to case `number` parts from what `reading` expects."""
        observation = self.observations[call_key(task, part, number)]
        expected = self.expectations.expected(task, part, number, reading, self.hand, own)
        if expected is RAISED:
            return None if observation.outcome == "raised" else Difference("type", actual=observation.outcome)
        if observation.outcome != "returned":
            return Difference("type", actual=observation.outcome)
        return self.compared(task, part, number, expected, comparator_of(part, reading))

    def share(self, task: Task, part: Answer, reading: Reading) -> Fraction:
        """What the comparator gives for an answer that is not what `reading` expects, of all its points."""
        share = getattr(part.compare, "share", None)
        expected = self.expectations.expected(task, part, 0, reading, self.hand, {})
        if share is None or expected is RAISED or self._too_long(call_key(task, part, 0), expected):
            return Fraction(0)
        return Fraction(share(expected, self.value(task, part, 0)))

    def compared(
        self, task: Task, part: Part, number: int, expected: Any, compare: Comparator | None = None
    ) -> Difference | None:
        """Where the value that came back in case `number` parts from `expected`, as `compare` or the part sees it."""
        compare = compare or part.compare
        if isinstance(part, Answer) and self._too_long(call_key(task, part, number), expected):
            return TOO_LONG
        actual = self.value(task, part, number)
        if isinstance(part, Code) and part.element is not None:
            return element_difference(compare, part.element, expected, actual)
        if type(expected) is str:
            return self._text_difference(_key(task, part, number, compare), expected, actual, compare)
        return compare(expected, actual)

    def _too_long(self, key: str, expected: Any) -> bool:
        """Whether an answer is so long that hundreds of comparisons would keep the whole class waiting."""
        size = len(bytes(self.observations[key].value))
        if size <= LONGEST_ANSWER:
            return False
        try:
            right = plain.dumps(expected.value if isinstance(expected, Measured) else expected)
        except plain.Unsupported:
            return True
        return size > LONGER * len(right)

    def _text_difference(
        self, case: str, expected: str, actual: Any, compare: Comparator
    ) -> Difference | None:
        """Of hundreds of wrong rules most change nothing in one formula: the same text is compared only once."""
        if (case, expected) not in self._compared:
            self._compared[case, expected] = compare(expected, actual)
        return self._compared[case, expected]


def evidence_of(expectations: Expectations, hand: Hand, observations: Mapping[str, Observation]) -> Evidence:
    """The evidence of a student; that by which it was judged, where that has just been done."""
    last = expectations.evidence
    if last is not None and last.hand is hand and last.observations is observations:
        return last
    return Evidence(expectations, hand, observations)


def _key(task: Task, part: Part, number: int, compare: Comparator) -> str:
    """A case as one comparator sees it."""
    own = "" if compare is part.compare else f" {id(compare)}"
    return f"{part.name} {call_key(task, part, number)}{own}"


def element_difference(compare: Comparator, element: int, expected: Any, actual: Any) -> Difference | None:
    """Where one element of a returned tuple parts from that of the expected one."""
    if type(actual) not in (tuple, list) or len(actual) <= element:
        return Difference("type", expected=f"tuple[{element}]", actual=type(actual).__name__)
    whole, noise = (expected.value, expected.noise) if isinstance(expected, Measured) else (expected, None)
    wanted = whole[element]
    if noise is not None:
        wanted = Measured(wanted, noise[element] if isinstance(noise, tuple) else noise)
    return compare(wanted, actual[element])


def written(compare: Comparator, value: Any) -> Any:
    """What somebody hands in who means `value`: a comparator that wants more than the bare result says what."""
    more = getattr(compare, "written", None)
    return more(value) if more is not None else value
