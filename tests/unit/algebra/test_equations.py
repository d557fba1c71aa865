"""Equations that have the same solutions, and those that have not."""

from __future__ import annotations

import pytest

from grader.algebra.comparison.equations import Equation, relation
from grader.algebra.names import Symbols
from grader.algebra.reader.reading import read

LETTERS = Symbols(("x", "y", "a"))


def equation(text: str) -> Equation:
    """An equation from its text."""
    left, _, right = text.partition("=")
    return Equation(read(left, LETTERS), read(right, LETTERS))


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("x + 2 = y", "x = y - 2", "equivalent"),
        ("2x + 4 = 2y", "x = y - 2", "equivalent"),
        ("3x = y", "y - 3x = 0", "equivalent"),
        ("e^x = y^2 + 1", "x = ln(y^2 + 1)", "equivalent"),
        ("x/(y^2 + 1) = 2", "x = 2y^2 + 2", "equivalent"),
        ("x^3 = y", "x = y", "different"),
        ("x = 1", "x^2 = 1", "follows"),
        ("x^2 = x", "x = 1", "implies"),
        ("2(x - y) + 3 = 0", "x = y + 3/2", "different"),
        ("(x - 1)/(x + 3) = 0", "x = 1", "equivalent"),
        ("x^2 + 1 = 0", "x^4 + 2 = 0", "undecided"),
    ],
)
def test_relations(one: str, other: str, kind: str) -> None:
    """A solution that is lost or gained is seen; where there are none to compare, nothing is said."""
    assert kind == relation(equation(one), equation(other), "x").kind
