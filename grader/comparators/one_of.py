"""Answers that may be any one of several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.comparators._typed import expected_in
from grader.model.comparing import Comparator
from grader.model.verdict import Difference


@dataclass(frozen=True)
class OneOf:
    """Compares with each of a list of expected answers as `compare` does; the commonest stands first.

    A misconception uses it that has several faces, such as "only one of the paths", whichever it is.
    """

    compare: Comparator

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give None where one of them agrees, else where the answer parts from the first."""
        several = list(expected_in(expected))
        if not several:
            raise ValueError("of no answers none can be right")
        quick = getattr(self.compare, "agrees", lambda right, given: self.compare(right, given) is None)
        return None if any(quick(right, actual) for right in several) else self.compare(several[0], actual)

    def written(self, expected: Any) -> Any:
        """What somebody hands in who means one of them."""
        first = next(iter(expected_in(expected)))
        more = getattr(self.compare, "written", None)
        return first if more is None else more(first)

    def faces(self, expected: Any) -> tuple[Any, ...]:
        """What a key shows of `expected`: every answer."""
        faces = getattr(self.compare, "faces", lambda value: (value,))
        return tuple(face for value in expected_in(expected) for face in faces(value))
