"""Formulas, numbers and vectors that are right up to a constant factor: directions, normals, eigenvectors."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from grader.algebra.comparison.evaluating import EVALUATOR
from grader.algebra.comparison.points import Domain, point
from grader.algebra.comparison.programs import compiled
from grader.algebra.comparison.unknown_functions import slope_of
from grader.algebra.nodes import ZERO, Node, product_of, symbols_of
from grader.comparators._items import Relaxed, UndecidedError, base_of
from grader.comparators.formula import Formula

POINTS = 16
BITS = 106


@dataclass(frozen=True)
class UpToFactor(Relaxed):
    """Compares as `compare` does, a `Formula` or a `Value`, or lists of what it compares, up to one constant factor.

    positive   whether the factor must be greater than 0, as for a direction

    A ratio y/r is constant where its derivative by every symbol is 0: y′r = yr′. Zero is right only for zero.
    """

    positive: bool = False

    def unlike(self, right: tuple[Node, ...], yours: tuple[Node, ...], seed: int) -> dict[str, str] | None:
        """One non-zero constant must do for a whole list."""
        good = self._proportional(right, yours, seed)
        return None if good else {"reason": "up_to_positive_factor" if self.positive else "up_to_factor"}

    def _proportional(self, right: tuple[Node, ...], yours: tuple[Node, ...], seed: int) -> bool:
        zeros = [self.same(ZERO, tree, seed) for tree in right]
        if zeros != [self.same(ZERO, tree, seed) for tree in yours]:
            return False
        pairs = [pair for pair, zero in zip(zip(right, yours, strict=True), zeros, strict=True) if not zero]
        if not pairs:
            return True
        for (r, y), (s, z) in combinations(pairs, 2):
            if not self.same(product_of((z, r)), product_of((y, s)), seed):
                return False
        return self._constant_ratio(*pairs[0], seed)

    def _constant_ratio(self, right: Node, yours: Node, seed: int) -> bool:
        for name in dict.fromkeys((*symbols_of(right), *symbols_of(yours))):
            one = product_of((slope_of(yours, name), right))
            other = product_of((yours, slope_of(right, name)))
            if not self.same(other, one, seed):
                return False
        base = base_of(self.compare)
        domain = tuple(base.domain) if isinstance(base, Formula) else ()
        return not self.positive or same_sign(right, yours, domain, seed)


def same_sign(right: Node, yours: Node, domain: Domain, seed: int) -> bool:
    """Whether two formulas whose ratio is constant have the same sign. Raises `UndecidedError`."""
    program = compiled(product_of((right, yours)))
    for place in range(POINTS):
        value = EVALUATOR.evaluate(program, point(seed, place, program.symbols, domain), BITS)
        if value is not None and EVALUATOR.settled(value):
            return not EVALUATOR.decimal(value, 5).startswith("-")
    raise UndecidedError("undefined")
