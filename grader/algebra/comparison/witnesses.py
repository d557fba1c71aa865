"""A point that shows a student the difference: nice numbers first, with both values."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from msgspec import Struct

from grader.algebra.comparison.evaluating import Evaluator
from grader.algebra.comparison.points import Domain, nice_points
from grader.algebra.comparison.programs import Program

_BITS = (106, 424)
_DIGITS = range(5, 18)
_VISIBLE = 1e-3
UNDEFINED = "—"


class Witness(Struct, frozen=True):
    """A point, as pairs (symbol, number), with the value of the answer and the right one as short decimals.

    An answer that has no real value there is a dash.
    """

    point: tuple[tuple[str, str], ...]
    yours: str
    right: str

    @property
    def place(self) -> str:
        """The point as text: `x = 2, y = 3`."""
        return ", ".join(f"{name} = {value}" for name, value in self.point)


def witness_of(
    expected: Program,
    actual: Program,
    domain: Domain,
    evaluator: Evaluator,
    fallback: Mapping[str, Fraction] | None = None,
) -> Witness | None:
    """Find where two programs certainly differ: at a nice point and visibly, if there is one."""
    names = tuple(dict.fromkeys((*expected.symbols, *actual.symbols)))
    faint: Witness | None = None
    for where in nice_points(names, domain):
        found = _differing(where, expected, actual, evaluator)
        if found is not None:
            if _visible(found):
                return found
            faint = faint or found
    if faint is None and fallback is not None:
        faint = _differing(fallback, expected, actual, evaluator)
    return faint


def witness_at(
    where: Mapping[str, Fraction], expected: Program, actual: Program, evaluator: Evaluator
) -> Witness | None:
    """Show a point where the answer is not real; None if the expected one is not, or the answer is."""
    right = evaluator.evaluate(expected, where, _BITS[0])
    if right is None or evaluator.evaluate(actual, where, _BITS[0]) is not None:
        return None
    return Witness(_shown(where), UNDEFINED, evaluator.decimal(right, _DIGITS[0]))


def undefined_at(expected: Program, actual: Program, domain: Domain, evaluator: Evaluator) -> Witness | None:
    """Show a nice point where the expected program has a value and the answer has none."""
    names = tuple(dict.fromkeys((*expected.symbols, *actual.symbols)))
    shown = (witness_at(where, expected, actual, evaluator) for where in nice_points(names, domain))
    return next((found for found in shown if found is not None), None)


def _differing(
    where: Mapping[str, Fraction], expected: Program, actual: Program, evaluator: Evaluator
) -> Witness | None:
    for bits in _BITS:
        right = evaluator.evaluate(expected, where, bits)
        yours = evaluator.evaluate(actual, where, bits)
        if right is None or yours is None:
            return None
        settled = evaluator.settled(yours) and evaluator.settled(right)
        if settled and evaluator.relation(yours, right, bits) == "different":
            return Witness(_shown(where), *_told_apart(yours, right, evaluator))
    return None


def _told_apart(yours: Any, right: Any, evaluator: Evaluator) -> tuple[str, str]:
    """Give as few digits as show the difference."""
    for digits in _DIGITS:
        texts = evaluator.decimal(yours, digits), evaluator.decimal(right, digits)
        if texts[0] != texts[1]:
            return texts
    return texts


def _visible(witness: Witness) -> bool:
    try:
        yours, right = float(witness.yours), float(witness.right)
    except (ValueError, OverflowError):
        return True
    return abs(yours - right) > _VISIBLE * max(abs(yours), abs(right))


def _shown(where: Mapping[str, Fraction]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _number(value)) for name, value in where.items())


def _number(value: Fraction) -> str:
    return str(value) if value.denominator <= 9 else f"{float(value):.10g}"
