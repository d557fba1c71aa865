"""The textbook differentiator against sympy and against numeric differences."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import mpmath
import pytest
import sympy

from grader.author.loading import import_file
from reference.derivatives import TABLE, derivative

T2 = Path(__file__).parents[2] / "assignments" / "colloquium" / "t2.py"
DEALT = 400
LETTERS = ("x", "y", "t")
POINTS = 6


def dealt(number: int) -> tuple[str, str]:
    """Function and variable as task t2 deals them."""
    variant = import_t2().dealt(random.Random(number))
    return variant["f"], variant["variable"]


@cache
def import_t2() -> Any:
    """The task file."""
    return import_file(T2)


def points(number: int) -> list[dict[str, Any]]:
    """Points off every symmetry; complex, so that no function leaves its domain."""
    rng = random.Random(f"points {number}")
    return [
        {letter: mpmath.mpc(rng.uniform(0.1, 0.9), rng.uniform(0.1, 0.5)) for letter in LETTERS}
        for _ in range(POINTS)
    ]


def value(expression: str, point: dict[str, Any]) -> Any:
    """Value of a text of ours: the only `eval` stands here, in a test."""
    names = {name: getattr(mpmath, name) for name in (*TABLE, "log")}
    return eval(expression, {"__builtins__": {}}, {**names, **point})


@pytest.mark.parametrize("number", range(DEALT))
def test_agrees_with_sympy(number: int) -> None:
    """The derivative of every dealt function has the values of sympy's."""
    f, variable = dealt(number)
    expected = sympy.lambdify(LETTERS, sympy.diff(sympy.sympify(f), sympy.Symbol(variable)), "mpmath")
    ours = derivative(f, variable)
    for point in points(number):
        theirs = expected(**point)
        assert abs(value(ours, point) - theirs) <= 1e-9 * (1 + abs(theirs)), ours


@pytest.mark.parametrize("number", range(DEALT))
def test_agrees_with_a_numeric_difference(number: int) -> None:
    """The derivative is what the difference quotient tends to, at forty digits."""
    f, variable = dealt(number)
    ours = derivative(f, variable)
    with mpmath.workdps(40):
        step = mpmath.mpf(10) ** -12
        for point in points(number)[:2]:
            ahead, behind = ({**point, variable: point[variable] + s} for s in (step, -step))
            quotient = (value(f, ahead) - value(f, behind)) / (2 * step)
            assert abs(value(ours, point) - quotient) <= 1e-12 * (1 + abs(quotient)) ** 3, ours


@pytest.mark.parametrize("name", sorted(TABLE))
def test_every_row_of_the_table(name: str) -> None:
    """Each function of the table, of an inner function, is differentiated as sympy does it."""
    theirs = sympy.lambdify(
        LETTERS, sympy.diff(sympy.sympify(f"{name}(x*y**2 + t)"), sympy.Symbol("y")), "mpmath"
    )
    for point in points(0):
        assert abs(value(derivative(f"{name}(x*y**2 + t)", "y"), point) - theirs(**point)) < 1e-12


def test_misprints_of_the_document_are_not_taken_over() -> None:
    """The derivatives of tg, cos and a^U are right where the document's table is not."""
    assert derivative("tan(y)", "y") == "1 / cos(y) ** 2"
    assert derivative("cos(x*y)", "y") == "-sin(x * y) * x"
    assert derivative("3**(x*y)", "y") == "3 ** (x * y) * log(3) * x"


def test_what_does_not_depend_is_constant() -> None:
    """A text without the variable has the derivative 0."""
    assert derivative("exp(x) + t**2", "y") == "0"


@pytest.mark.parametrize("text", ["gamma(y)", "y % 2", "log(2, y)", "[y]", "y if y else 1", "~y", "y.real"])
def test_what_has_no_rule_is_refused(text: str) -> None:
    """What is not in the table is an error, never a guess."""
    with pytest.raises(ValueError, match="no rule"):
        derivative(text, "y")
