"""Forms that a task may ask for."""

from __future__ import annotations

import pytest

from grader.algebra.comparison.required_forms import has_form, tidied
from grader.algebra.names import Symbols
from grader.algebra.reader.reading import read
from grader.algebra.writing import write

LETTERS = Symbols(("x", "y", "a", "n", "k"))


@pytest.mark.parametrize(
    ("form", "has", "has_not"),
    [
        (
            "expanded",
            ["x^2 + 2x y", "-x - y", "sin(x + y)", "x^(a + 1)", "2"],
            ["x(x + 2y)", "(x + y)^2", "-(x + y)"],
        ),
        ("expanded", ["x y/2", "(x + y)/a"], ["(x y)^2", "x(x + y)/a", "2 - (x + y)"]),
        ("factored", ["x(x + 2y)", "-(x + y)^2", "x", "sin(x + y)"], ["x^2 + 2x y", "-(x - y)"]),
        (
            "one_fraction",
            ["(x + y)/(x y)", "-x/y", "x + y", "2x"],
            ["1/x + 1/y", "x/(1/y)", "x y^(-1)", "1 + x/y"],
        ),
        (
            "simplified",
            ["x^2 + 2x", "3x/y", "-x", "x(x + 1)", "2sin x", "x/2", "√2"],
            ["x + x", "2*3*x", "x*x", "x/x"],
        ),
        (
            "simplified",
            ["e^x", "ln x", "1/x^2"],
            ["0*y + x", "1*x", "x^1", "ln 1 + x", "4x/2", "--x + 0", "x^2*x^3"],
        ),
        ("sum", ["1*2 + 3*4", "x - y", r"\sum_{k=1}^{n} k^2"], ["14", "x*y"]),
        ("no_derivative", ["2x"], ["d/dx(x^2)"]),
    ],
)
def test_a_form_is_told(form: str, has: list[str], has_not: list[str]) -> None:
    """What a task asks for is seen in what people type."""
    told = {text: has_form(read(text, LETTERS), form) for text in has + has_not}
    assert told == dict.fromkeys(has, True) | dict.fromkeys(has_not, False)


def test_allowed_functions() -> None:
    """Any function that is not named is one too many."""
    tree = read("sin x + e^y", LETTERS)
    assert has_form(tree, "functions", ("sin",))
    assert not has_form(tree, "functions", ("cos",))


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("x + x + 3", "2x + 3"),
        ("2*x*3*x", "6x^2"),
        ("x*y/x", "y"),
        ("(2x)/4", "x/2"),
        ("x - x", "0"),
        ("0/x", "0"),
    ],
)
def test_the_routine_is_carried_out(text: str, tidy: str) -> None:
    """Like terms and powers are put together, and numbers worked out."""
    assert tidy == write(tidied(read(text, LETTERS)))
