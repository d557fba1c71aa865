"""Lists of formulas or numbers in any order: roots, eigenvalues, critical points."""

from __future__ import annotations

from dataclasses import dataclass

from grader.algebra.nodes import Node
from grader.comparators._items import Relaxed


@dataclass(frozen=True)
class AnyOrder(Relaxed):
    """Compares lists of what `compare` compares, a `Formula` or a `Value`, as collections: each item counts once."""

    def unlike(self, right: tuple[Node, ...], yours: tuple[Node, ...], seed: int) -> dict[str, str] | None:
        """Equality is transitive: taking the first match that is left finds a whole one if there is any."""
        left = list(right)
        for place, tree in enumerate(yours, 1):
            match = next((item for item in left if self.same(item, tree, seed)), None)
            if match is None:
                return {"reason": "any_order", "item": str(place)}
            left.remove(match)
        return None
