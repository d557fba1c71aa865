"""Answers that are right with either sign: gradient or antigradient, unit eigenvectors, residuals both ways round."""

from __future__ import annotations

from dataclasses import dataclass

from grader.algebra.building import negate
from grader.algebra.nodes import Node
from grader.comparators._items import Relaxed


@dataclass(frozen=True)
class UpToSign(Relaxed):
    """Compares as `compare` does, a `Formula` or a `Value`; the whole answer may have the other sign."""

    def unlike(self, right: tuple[Node, ...], yours: tuple[Node, ...], seed: int) -> dict[str, str] | None:
        """One sign must do for a whole list."""
        for wanted in (right, tuple(map(negate, right))):
            if all(self.same(r, y, seed) for r, y in zip(wanted, yours, strict=True)):
                return None
        return {"reason": "up_to_sign"}
