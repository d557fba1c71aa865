"""What a comparator is, and how far an expected value may be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from grader.model.verdict import Difference


class Comparator(Protocol):
    """Tells the first place where two answers part. Never raises, whatever `actual` is."""

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give None where the answers agree."""
        ...


@dataclass(frozen=True)
class Measured:
    """An expected value with its noise: how far it moves when its inputs are perturbed by rounding.

    `noise` has the shape of `value`, or is a scalar.
    """

    value: Any
    noise: Any
