"""Matrix formulas, on paper or in Python, compared by their shapes and by random matrices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Any

from grader.algebra.matrices.equality import (
    MatrixDifference,
    MatrixSymbols,
    asked_itself,
    compare_matrices,
    expected_matrix,
)
from grader.algebra.matrices.latex import write_matrix_latex
from grader.algebra.matrices.nodes import renamed
from grader.algebra.matrices.reading import read_matrix
from grader.algebra.matrices.shapes import ShapeConflict, shown
from grader.algebra.matrices.writing import write_matrix
from grader.algebra.unreadable import Unreadable
from grader.comparators._typed import SHOWN, expected_in, seed_of, unevaluated, unreadable, wrong_type
from grader.model.verdict import Difference

Shapes = Mapping[str, tuple[int | str, int | str]] | tuple[tuple[str, tuple[int | str, int | str]], ...]
Pairs = Mapping[str, str] | tuple[tuple[str, str], ...]

_CONFLICTS = {"product": "shape.product", "chain": "shape.square", "inverse": "shape.square"}


@dataclass(frozen=True)
class MatrixFormula:
    """Compares matrix formulas.

    shapes       matrix → (rows, columns), each the name of a dimension, or 1; vectors are rows or columns
    aliases      other name → matrix, such as `dL/dz`
    scalars      names of numbers; every dimension is one, too
    functions    names of functions that act on each element and of which nothing is known; `f'` beside `f`
    families     indexed name → shape: a matrix for every index, such as `s_i`; of `∂s_i/∂s_{i-1}` follow the
                 derivatives by all earlier ones
    definitions  name → formula of what is made of other things: `A` of `f(Z)`, `∂f/∂a_i` of `f'(a_i)`; the name is
                 one of `shapes` or `families`
    indices      free index → the numbers that are tried for it
    asked        what is the question, such as `∂s_k/∂W` or `∂s_2/∂w`, and so no answer to it
    permutable   free indices that a student may have named in another order

    An expected formula is a text, or several of which one has to agree.
    """

    shapes: Shapes = ()
    aliases: Pairs = ()
    scalars: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    families: Shapes = ()
    definitions: Pairs = ()
    indices: Mapping[str, Sequence[int]] | tuple[tuple[str, tuple[int, ...]], ...] = ()
    asked: tuple[str, ...] = ()
    permutable: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        indices = tuple((letter, tuple(numbers)) for letter, numbers in dict(self.indices).items())
        known = MatrixSymbols(
            _shapes(self.shapes),
            tuple(dict(self.aliases).items()),
            tuple(self.scalars),
            tuple(self.functions),
            _shapes(self.families),
            tuple(dict(self.definitions).items()),
            indices,
        )
        for name in ("shapes", "aliases", "families", "definitions", "indices"):
            object.__setattr__(self, name, getattr(known, name))
        object.__setattr__(self, "_known", known)

    @property
    def known(self) -> MatrixSymbols:
        """What an answer may be made of."""
        known: MatrixSymbols = self.__dict__["_known"]
        return known

    def written(self, expected: Any) -> str:
        """One text of those that are expected: what somebody hands in who means it. Raises `ValueError`."""
        return _texts(expected_in(expected))[0]

    def typeset(self, formula: Any) -> str | None:
        """A formula, typed or expected, in LaTeX as it is understood; None where it cannot be read."""
        try:
            return write_matrix_latex(read_matrix(self.written(formula), self.known), self.known)
        except Unreadable:
            return None

    def faces(self, expected: Any) -> tuple[str, ...]:
        """What a key shows of `expected`: every text. Raises `ValueError`."""
        return _texts(expected_in(expected))

    def agrees(self, expected: Any, actual: Any) -> bool:
        """Whether the formulas are equal, at a fraction of what it costs to say why they are not."""
        return self._compared(expected, actual, explain=False) is None

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give None where the formulas are equal. Raises `ValueError` where `expected` cannot be read."""
        return self._compared(expected, actual, explain=True)

    def _compared(self, expected: Any, actual: Any, explain: bool) -> Difference | None:
        texts = self._renamed(_texts(expected_in(expected)))
        if not isinstance(actual, str):
            return wrong_type(actual)
        text, seed = str(actual), seed_of(repr(self.shapes))  # one seed, so that an answer is worked out once
        try:
            if self.asked and (column := asked_itself(text, self.known, self.asked)):
                return unevaluated(text, column)
            found = None
            for number, right in enumerate(texts):
                first = compare_matrices(right, text, self.known, seed, explain=explain and not number)
                if first is None:
                    return None
                found = found or first
        except Unreadable as error:
            return unreadable(text, error)
        assert found is not None, "there is at least one expected text"
        return _difference(found, text)

    def _renamed(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """The texts with their indices in every order that is allowed."""
        if not self.permutable:
            return texts
        orders = list(permutations(self.permutable))
        return tuple(
            _with_indices(text, self.known, tuple(zip(self.permutable, order, strict=True)))
            for order in orders
            for text in texts
        )


@lru_cache(maxsize=256)
def _with_indices(text: str, known: MatrixSymbols, names: tuple[tuple[str, str], ...]) -> str:
    return write_matrix(renamed(expected_matrix(text, known), dict(names)), known)


def _shapes(shapes: Shapes) -> tuple[tuple[str, tuple[str, str]], ...]:
    return tuple((name, (str(rows), str(columns))) for name, (rows, columns) in dict(shapes).items())


def _texts(expected: Any) -> tuple[str, ...]:
    texts = tuple(expected) if isinstance(expected, tuple) else (expected,)
    if not texts or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"an expected matrix formula is a text, not {expected!r}")
    return tuple(map(str, texts))


def _difference(found: MatrixDifference, text: str) -> Difference:
    detail: dict[str, str] = {"reason": found.reason}
    if found.reason == "undecided":
        return Difference("undecided", "", "", text[:SHOWN], detail)
    witness = found.witness
    if found.conflict is not None:
        detail |= _conflict(found.conflict)
    elif found.yours:
        detail |= {"yours": found.yours, "expected_shape": found.right}
    elif witness is not None:
        detail["witness"] = witness.place[:SHOWN]
        detail |= {"yours": witness.yours, "right": witness.right} if witness.yours else {}
        if witness.entry:
            detail |= {"entry": witness.entry, "reason": "entry" if witness.yours else "entry.symbolic"}
    if found.factor:
        detail |= {"factor": found.factor, "reason": "factor"}
    return Difference("formula", detail.get("column", ""), "", text[:SHOWN], detail)


def _conflict(conflict: ShapeConflict) -> dict[str, str]:
    return {
        "reason": _CONFLICTS.get(conflict.joined, "shape.elements"),
        "left": conflict.left_text[:SHOWN],
        "left_shape": shown(conflict.left_shape),
        "right": conflict.right_text[:SHOWN],
        "right_shape": shown(conflict.right_shape),
        "column": str(conflict.column),
    }
