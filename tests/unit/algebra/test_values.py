"""Numbers and matrices typed by hand are read exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.algebra.reader.values import Value, read_value
from grader.algebra.unreadable import Unreadable

HALF = Fraction(1, 2)
SQUARE = ((1, 2), (3, 4))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("-1/9", Fraction(-1, 9)),
        ("−3", -3),
        ("0.5", HALF),
        ("0,5", HALF),
        ("-1,5", Fraction(-3, 2)),
        ("1e-3", Fraction(1, 1000)),
        (r"\frac{1}{3}", Fraction(1, 3)),
        ("(3)", 3),
        ("[3]", (3,)),
        ("1 2 3", (1, 2, 3)),
        ("1, 2, 3", (1, 2, 3)),
        ("1,2,3", (1, 2, 3)),
        ("1,5 2,5", (Fraction(3, 2), Fraction(5, 2))),
        ("0,5; 1,5", ((HALF,), (Fraction(3, 2),))),
        ("[1,5]", (1, 5)),
        ("[1 -2]", (1, -2)),
        ("(1 2 3)", (1, 2, 3)),
        ("(1, 2, 3)", (1, 2, 3)),
        ("[1, 2; 3, 4]", SQUARE),
        ("[1,2;3,4]", SQUARE),
        ("[[1,2],[3,4]]", SQUARE),
        ("[[1, 2],\n [3, 4]]", SQUARE),
        ("[1, 2]\n[3, 4]", SQUARE),
        ("((1, 2), (3, 4))", SQUARE),
        ("{{1, 2}, {3, 4}}", SQUARE),
        ("1 2\n3 4", SQUARE),
        ("1,2\n3,4", SQUARE),
        ("[1 2\n3 4]", SQUARE),
        ("[1, 2,\n 3]", (1, 2, 3)),
        ("[[1, 2], [3, 4],]", SQUARE),
        (r"\begin{pmatrix}1 & 2\\3 & 4\end{pmatrix}", SQUARE),
        (r"$\begin{bmatrix} 1 & 2 \\ 3 & 4 \\ \end{bmatrix}$", SQUARE),
        (r"\left(1, 2\right)", (1, 2)),
        ("np.array([[1., 2.], [3., 4.]])", SQUARE),
        ("np.array([[1, 2]])", ((1, 2),)),
        ("[1; 2; 3]", ((1,), (2,), (3,))),
        ("[1/2, 0.25]", (HALF, Fraction(1, 4))),
    ],
)
def test_reads_what_is_meant(text: str, value: Value) -> None:
    """A comma is decimal only in a number without brackets; every usual way to write a matrix is understood."""
    assert value == read_value(text)


@pytest.mark.parametrize(
    ("text", "column", "wanted"),
    [
        ("", 1, "number_expected"),
        ("a", 1, "number_expected"),
        ("1 + a", 3, "number_expected"),
        ("1/0", 4, "number_expected"),
        ("[]", 2, "number_expected"),
        ("[1, 2", 6, "closing_bracket"),
        ("[1, 2)", 6, "closing_bracket"),
        ("1, 2]", 5, "opening_bracket"),
        ("[1 2; 3]", 8, "equal_rows"),
        ("[[1, 2], 3]", 11, "equal_rows"),
        ("1,,2", 4, "number_expected"),
        ("1e999999", 1, "number_too_long"),
        ("1" * 500, 1, "number_too_long"),
        ("[" * 3000, 9, "too_deep"),
        ("1 " * 3000, 4001, "too_long"),
        ("__import__('os')", 1, "number_expected"),
    ],
)
def test_what_is_no_value_has_a_place(text: str, column: int, wanted: str) -> None:
    """The error names the column and what is wanted there."""
    with pytest.raises(Unreadable) as raised:
        read_value(text)
    assert (column, wanted) == (raised.value.column, raised.value.wanted)
