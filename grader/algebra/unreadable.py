"""The answer cannot be read: a student's error, with its place."""

from __future__ import annotations

from typing import Literal

Wanted = Literal[
    "expression_expected",
    "operator_expected",
    "transpose_expected",
    "unknown_name",
    "unknown_sign",
    "opening_bracket",
    "closing_bracket",
    "closing_bar",
    "argument_count",
    "variable_expected",
    "number_expected",
    "axis_expected",
    "zero_expected",
    "small_power_expected",
    "index_expected",
    "bound_expected",
    "relation_expected",
    "integer_expected",
    "smooth_expected",
    "evaluated_expected",
    "equal_rows",
    "number_too_long",
    "exponent_too_large",
    "too_long",
    "too_deep",
]


class Unreadable(Exception):  # noqa: N818 - it is data about an answer, no fault of the program
    """Text cannot be read as what it should be.

    `column` counts characters of the whole text from 1, `wanted` is the stable code of what should have stood
    there, and `found` is what stands there ("" at the end of the text). `known` are names that may stand there.
    """

    def __init__(self, column: int, wanted: Wanted, found: str = "", known: tuple[str, ...] = ()) -> None:
        self.column = column
        self.wanted = wanted
        self.found = found[:40]
        self.known = known
        super().__init__(f"column {column}: {wanted}, found {self.found!r}")
