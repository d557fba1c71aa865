"""Matrix formulas, on paper or in Python, compared by their shapes and by random matrices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.algebra.matrices import MatrixDifference, MatrixSymbols, compare_matrices
from grader.algebra.matrix_shapes import shown
from grader.algebra.unreadable import Unreadable
from grader.comparators._typed import SHOWN, expected_in, seed_of, unreadable, wrong_type
from grader.model.verdict import Difference

Shapes = Mapping[str, tuple[int | str, int | str]]


@dataclass(frozen=True)
class MatrixFormula:
    """Compares matrix formulas.

    shapes     matrix → (rows, columns), each the name of a dimension, or 1; vectors are rows or columns
    aliases    other name → matrix, such as `dL/dz`
    scalars    names of numbers; every dimension is one, too
    functions  names of functions that act on each element
    """

    shapes: Shapes | tuple[tuple[str, tuple[int | str, int | str]], ...]
    aliases: Mapping[str, str] | tuple[tuple[str, str], ...] = ()
    scalars: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        shapes = dict(self.shapes)
        pairs = tuple((name, (str(rows), str(columns))) for name, (rows, columns) in shapes.items())
        known = MatrixSymbols(
            pairs, tuple(dict(self.aliases).items()), tuple(self.scalars), tuple(self.functions)
        )
        object.__setattr__(self, "shapes", pairs)
        object.__setattr__(self, "aliases", known.aliases)
        object.__setattr__(self, "_known", known)

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give None where the formulas are equal. Raises `ValueError` where `expected` cannot be read."""
        expected = expected_in(expected)
        if not isinstance(expected, str):
            raise ValueError(f"an expected matrix formula is a text, not {expected!r}")
        if not isinstance(actual, str):
            return wrong_type(actual)
        text, known = str(actual), self.__dict__["_known"]
        try:
            found = compare_matrices(str(expected), text, known, seed_of(str(expected)))
        except Unreadable as error:
            return unreadable(text, error)
        return None if found is None else _difference(found, text)


def _difference(found: MatrixDifference, text: str) -> Difference:
    detail: dict[str, str] = {"reason": found.reason}
    if found.reason == "undecided":
        return Difference("undecided", "", "", text[:SHOWN], detail)
    conflict = found.conflict
    if conflict is not None:
        detail |= {"left": conflict.left_text[:SHOWN], "left_shape": shown(conflict.left_shape)}
        detail |= {"right": conflict.right_text[:SHOWN], "right_shape": shown(conflict.right_shape)}
        detail["column"] = str(conflict.column)
    elif found.factor:
        detail["factor"] = found.factor
    elif found.yours:
        detail |= {"yours": found.yours, "expected_shape": found.right}
    return Difference("formula", detail.get("column", ""), "", text[:SHOWN], detail)
