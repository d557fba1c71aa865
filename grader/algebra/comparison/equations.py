"""Whether two equations have the same solutions.

Their differences of both sides are compared: a constant ratio makes the equations equivalent. Else the solutions for
one unknown are looked for at random values of all other symbols, and those of each equation are put into the other: a
solution that does not fit is certain, and that all fit is as good as certain where some were found.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from grader.algebra.comparison.equality import Equal, compare
from grader.algebra.comparison.evaluating import EVALUATOR
from grader.algebra.comparison.points import Domain, point
from grader.algebra.comparison.programs import Program, compiled
from grader.algebra.comparison.unknown_functions import slope_of
from grader.algebra.differentiation.outer import NoRuleError
from grader.algebra.nodes import Negative, Node, product_of, sum_of, symbols_of

BITS = 106
SAMPLES = 6
CELLS = 48
NEAR = Fraction(1, 1 << 20)
CLOSE = Fraction(1, 1 << 40)
BOUNDS = (Fraction(-6) + Fraction(1, 97), Fraction(6) + Fraction(1, 89))
"""Solutions are looked for in between; the ends are off the numbers at which people's equations have poles."""


class Equation(Struct, frozen=True):
    """Left side = right side."""

    left: Node
    right: Node

    @property
    def difference(self) -> Node:
        """Zero where the equation holds."""
        return sum_of((self.left, Negative(self.right)))


class Relation(Struct, frozen=True):
    """How two equations stand to each other.

    "follows" and "implies": the second has solutions that the first has not, or lacks some; `place` shows one.
    """

    kind: Literal["equivalent", "follows", "implies", "different", "undecided"]
    place: str = ""


def relation(one: Equation, other: Equation, unknown: str, domain: Domain = (), seed: int = 0) -> Relation:
    """How `other` stands to `one`, as equations for `unknown`."""
    with suppress(NoRuleError):
        if proportional(one.difference, other.difference, domain, seed):
            return Relation("equivalent")
    first, second = compiled(one.difference), compiled(other.difference)
    names = tuple(name for name in dict.fromkeys((*first.symbols, *second.symbols)) if name != unknown)
    lost = gained = ""
    found = 0
    for number in range(SAMPLES):
        where = point(seed, number, names, domain)
        for root in _roots(first, unknown, where):
            found += 1
            lost = lost or ("" if _solves(second, unknown, root, where) else _shown(unknown, root, where))
        for root in _roots(second, unknown, where):
            found += 1
            gained = gained or ("" if _solves(first, unknown, root, where) else _shown(unknown, root, where))
    if lost or gained:
        return Relation("different" if lost and gained else "implies" if lost else "follows", lost or gained)
    return Relation("equivalent" if found else "undecided")


def proportional(one: Node, other: Node, domain: Domain, seed: int) -> bool:
    """Whether the ratio of two formulas is a constant, not zero: its derivatives vanish. Raises `NoRuleError`."""
    zeros = [isinstance(compare(sum_of(()), node, seed=seed, explain=False), Equal) for node in (one, other)]
    if any(zeros):
        return all(zeros)
    for name in dict.fromkeys((*symbols_of(one), *symbols_of(other))):
        left = product_of((slope_of(one, name), other))
        right = product_of((one, slope_of(other, name)))
        if not isinstance(compare(left, right, domain=domain, seed=seed, explain=False), Equal):
            return False
    return True


def _value(program: Program, unknown: str, at: Fraction, where: dict[str, Fraction]) -> float | None:
    value = EVALUATOR.evaluate(program, {**where, unknown: at}, BITS)
    if value is None or not EVALUATOR.settled(value):
        return None
    try:
        return float(EVALUATOR.decimal(value, 17))
    except (ValueError, OverflowError):
        return None


def _roots(program: Program, unknown: str, where: dict[str, Fraction]) -> Iterator[Fraction]:
    """Where the sign changes, and no pole is the reason."""
    low, high = BOUNDS
    left, before = low, _value(program, unknown, low, where)
    for cell in range(1, CELLS + 1):
        right = low + (high - low) * cell / CELLS
        after = _value(program, unknown, right, where)
        if before is not None and after is not None and before * after < 0:
            root = _bisected(program, unknown, where, left, right, before)
            if root is not None:
                yield root
        left, before = right, after


def _bisected(
    program: Program, unknown: str, where: dict[str, Fraction], left: Fraction, right: Fraction, sign: float
) -> Fraction | None:
    size = abs(sign)
    while right - left > CLOSE:
        middle = (left + right) / 2
        value = _value(program, unknown, middle, where)
        if value is None:
            return middle
        left, right = (middle, right) if value * sign > 0 else (left, middle)
    value = _value(program, unknown, left, where)
    return left if value is None or abs(value) < max(size, 1) * 1e-6 else None


def _solves(program: Program, unknown: str, root: Fraction, where: dict[str, Fraction]) -> bool:
    """Whether an equation holds at a solution of another, as far as that is known exactly enough."""
    here, far = (_value(program, unknown, root + step, where) for step in (Fraction(0), NEAR))
    if here is None:
        return abs(root) < CLOSE * 4 or far is not None
    slope = abs(far - here) / float(NEAR) if far is not None else 1.0
    return abs(here) <= 64 * float(CLOSE) * max(slope, 1.0)


def _shown(unknown: str, root: Fraction, where: dict[str, Fraction]) -> str:
    return ", ".join(f"{name} = {float(value):.6g}" for name, value in {**where, unknown: root}.items())
