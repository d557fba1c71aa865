"""Formulas that were written a moment ago are given back as they were, to those who would read the same."""

from __future__ import annotations

import pytest

from grader.algebra.differentiation.differentiating import derivative
from grader.algebra.differentiation.wrong_rules import WRONG_RULES
from grader.algebra.names import Symbols
from grader.algebra.reader.known_texts import read_known, write_known
from grader.algebra.reader.reading import read

LETTERS = ("x", "y", "t")
FUNCTION = "x^y*sin(x*y + 2)/ln(t*x) - 3*t*atan(x^2)"


@pytest.mark.parametrize("rule", WRONG_RULES)
def test_what_is_remembered_is_what_would_be_read(rule: str) -> None:
    """Also where a prime would differentiate by something."""
    tree = derivative(read(FUNCTION, Symbols(LETTERS)), "x", frozenset({rule}))
    text = write_known(tree, LETTERS)
    assert read_known(text, Symbols(LETTERS)) is tree
    assert read(text, Symbols(LETTERS)) == tree
    assert read(text, Symbols(LETTERS, variable="y")) == read_known(text, Symbols(LETTERS, variable="y"))


@pytest.mark.parametrize(
    "others",
    [
        Symbols(("x", "y")),
        Symbols(("xy",)),
        Symbols(LETTERS, (("z", "y"),)),
        Symbols(LETTERS, imaginary=True),
    ],
)
def test_others_read_for_themselves(others: Symbols) -> None:
    """A text means something else where other names are declared."""
    text = write_known(read("2xy", Symbols(LETTERS)), LETTERS)
    assert read_known(text.replace("*", ""), others) == read(text.replace("*", ""), others)
    assert read_known("2xy", Symbols(("xy",))) != read_known("2xy", Symbols(LETTERS))
