"""Answers that are more than an expression: equations, inequalities, intervals, sets, tuples."""

from __future__ import annotations

import pytest

from grader.algebra.comparison.answer_equality import compare_answers
from grader.algebra.comparison.verdicts import Equal, Undecided, Unequal, Verdict
from grader.algebra.names import Symbols
from grader.algebra.reader.answers import read_answer
from grader.algebra.unreadable import Unreadable

OPEN = Symbols((), functions=("f",), open=True)


def verdict(expected: str, actual: str) -> Verdict:
    """Compare two texts."""
    return compare_answers(read_answer(expected, OPEN), read_answer(actual, OPEN))


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("x^2 - 1", "(x - 1)(x + 1)"),
        ("5", "x = 5"),
        ("f(x) = 2x", "2x"),
        (r"x = \frac13 \approx 0.33", "1/3"),
        ("1000", "1,000"),
        ("1000", "1 000"),
        (r"\boxed{\frac{14}{3}}", "14/3"),
        (r"$\left(3, \frac{\pi}{2}\right)$", "(3, pi/2)"),
        ("[0, 1)", r"[0,\, 5/5)"),
        (r"[0,1] \cup (2, \infty)", r"(2, oo) \cup [0, 1]"),
        (r"\{1, 2\}", "2, 1"),
        ("1, 2 and 3", r"3, 2, \text{ and } 1"),
        (r"1 \pm \sqrt 2", r"1 - \sqrt{2}, 1 + \sqrt{2}"),
        ("(1;2), (3;4)", "(3,4), (1,2)"),
        (r"x \in [-2, 7]", r"-2 \le x \le 7"),
        ("-2 <= x < 7", "[-2, 7)"),
        ("y = 2x - 5", "2y = 4x - 10"),
        ("y = 2x - 5", "(y + 5)/2 = x"),
        ("x + x + x + 6 = 12", "x = 2"),
        ("x < 1", "-x > -1"),
        ("y >= x", "x <= y"),
        ("a + b < c", "2a - 2c + 2b < 0"),
        ("Eq(x, y)", "x = y"),
        ("Union(Interval.open(0, 1), Interval(2, 3))", r"(0,1)\cup[2,3]"),
        (r"\emptyset", "{}"),
        (r"(p, q) = (3, 2)", "(3, 2)"),
    ],
)
def test_equal_answers(expected: str, actual: str) -> None:
    """The order of a set, the factor of an equation and the name of an answer make no difference."""
    assert isinstance(verdict(expected, actual), Equal)


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("[0, 1)", "[0, 1]"),
        ("[0, 1)", "[0, 9)"),
        ("(1, 2)", "(2, 1)"),
        ("{1, 2}", "{1, 3}"),
        ("1, 2", "1"),
        ("x = 2", "x = 3"),
        ("y = 2x", "y = x + x + 1"),
        ("x < 5", "x > 5"),
        ("x < 5", "x <= 5"),
        ("x = 5", "x < 5"),
        (r"\pm 2", "2"),
    ],
)
def test_different_answers(expected: str, actual: str) -> None:
    """Ends, order of a pair, members and signs make a difference."""
    assert isinstance(verdict(expected, actual), Unequal)


def test_what_is_too_unlike_is_left_to_a_person() -> None:
    """An equation is no expression, and two equations of higher degree are not solved."""
    assert Undecided("form") == verdict("a + b = 1", "1 - b")
    assert Undecided("form") == verdict("x^2 = 1", "x^4 = 1")


@pytest.mark.parametrize(
    "text", ["", "(1, 2", "{1, 2)", "1,,2", "x = ", "[1, 2", "x <", "5 meters", "Interval(" * 400]
)
def test_what_cannot_be_read_has_a_place(text: str) -> None:
    """Nothing else than `Unreadable` comes of it."""
    with pytest.raises(Unreadable):
        read_answer(text, OPEN)
