"""Formulas, numbers and vectors that are right up to an additive constant: antiderivatives, potentials, logits."""

from __future__ import annotations

from dataclasses import dataclass

from grader.algebra.comparison.unknown_functions import slope_of
from grader.algebra.nodes import Negative, Node, sum_of, symbols_of
from grader.comparators._items import Relaxed


@dataclass(frozen=True)
class UpToConstant(Relaxed):
    """Compares as `compare` does, a `Formula` or a `Value`, up to one constant that is added.

    variables   what the constant may not depend on; all symbols where it is empty

    Lists and vectors may be off by the same constant throughout. A symbol for the constant (`+ C`) must be declared.
    """

    variables: tuple[str, ...] = ()

    def unlike(self, right: tuple[Node, ...], yours: tuple[Node, ...], seed: int) -> dict[str, str] | None:
        """All differences must be equal, and constant: the derivatives are those of what is expected."""
        if not right:
            return None
        shifts = [sum_of((y, Negative(r))) for r, y in zip(right, yours, strict=True)]
        same = all(self.same(shifts[0], shift, seed) for shift in shifts[1:])
        names = self.variables or tuple(dict.fromkeys((*symbols_of(right[0]), *symbols_of(yours[0]))))
        for name in names if same else ():
            same = same and self.same(slope_of(right[0], name), slope_of(yours[0], name), seed)
        return None if same else {"reason": "up_to_constant"}
