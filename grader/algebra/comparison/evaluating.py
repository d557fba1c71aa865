"""How expressions are evaluated: in balls, or approximately where python-flint is not installed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Protocol

from grader.algebra.comparison.programs import Program

try:
    from grader.algebra.comparison.balls import Balls
except ImportError:  # pragma: no cover - only where python-flint has no wheel
    from grader.algebra.comparison.approximations import Approximations as _Usual
else:
    _Usual = Balls  # type: ignore[assignment, misc]  # two classes of one protocol


class Evaluator(Protocol):
    """Gives values with bounds of their errors, and compares them."""

    name: str

    def __hash__(self) -> int: ...

    def evaluate(
        self, program: Program, point: Mapping[str, Fraction], bits: int, *, real: bool = True
    ) -> Any:
        """Give the value of a program at a point, None where it is not finite or, if `real`, not real."""

    def relation(self, left: Any, right: Any, bits: int) -> str:
        """Tell "different", "equal" or "unclear"."""

    def real_part(self, value: Any) -> Any:
        """Give a complex value as a real one if it may be real, else None."""

    def settled(self, value: Any) -> bool:
        """Tell whether a real value is known well enough to be shown."""

    def decimal(self, value: Any, digits: int) -> str:
        """Give a short decimal of a real value."""


EVALUATOR: Evaluator = _Usual()
