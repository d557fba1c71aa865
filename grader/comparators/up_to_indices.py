"""Formulas and arrays that are right with their indices renamed: hidden neurons, clusters, in any order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np

from grader.algebra.nodes import Node, Symbol
from grader.algebra.replacing import replaced
from grader.comparators._items import Relaxed, base_of
from grader.comparators._typed import expected_in
from grader.comparators.value import Value
from grader.model.verdict import Difference

MAX_INDICES = 6
"""So many indices have 720 permutations."""


@dataclass(frozen=True)
class UpToIndices(Relaxed):
    """Compares as `compare` does, a `Formula` or a `Value`, where indices may change places.

    groups   for a formula: for each index the symbols that carry it, in the same order of symbols, such as
             (("h1", "v1"), ("h2", "v2")) where h1 and v1 may change places with h2 and v2
    axes     for a value: the axes of the array that are permuted together
    """

    groups: tuple[tuple[str, ...], ...] = ()
    axes: tuple[int, ...] = (0,)

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.groups) > MAX_INDICES or len({len(group) for group in self.groups}) > 1:
            raise ValueError(f"groups are at most {MAX_INDICES}, of equally many symbols")

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give None where the answer is what is expected under one permutation of the indices."""
        if not isinstance(base_of(self.compare), Value):
            return super().__call__(expected, actual)
        tried = (self.compare(right, actual) for right in self._permuted(expected_in(expected)))
        return None if any(found is None for found in tried) else self.compare(expected, actual)

    def unlike(self, right: tuple[Node, ...], yours: tuple[Node, ...], seed: int) -> dict[str, str] | None:
        """One permutation must do for a whole list."""
        for meanings in self._renamings():
            pairs = zip((replaced(tree, meanings) for tree in right), yours, strict=True)
            if all(self.same(r, y, seed) for r, y in pairs):
                return None
        return {"reason": "up_to_indices"}

    def _renamings(self) -> Iterator[dict[str, Node]]:
        flat = [name for group in self.groups for name in group]
        for order in permutations(self.groups):
            yield dict(zip(flat, (Symbol(name) for group in order for name in group), strict=True))

    def _permuted(self, expected: Any) -> Iterator[Any]:
        array = np.asarray(expected, dtype=object)
        size = array.shape[self.axes[0]] if array.ndim > max(self.axes) else 0
        if size > MAX_INDICES or any(array.shape[axis] != size for axis in self.axes if array.ndim > axis):
            raise ValueError(f"at most {MAX_INDICES} indices, the same number on every axis")
        for order in permutations(range(size)) if size else ((),):
            yield _taken(array, order, self.axes if size else ()).tolist()


def _taken(array: Any, order: Sequence[int], axes: tuple[int, ...]) -> Any:
    for axis in axes:
        array = np.take(array, order, axis=axis)
    return array
