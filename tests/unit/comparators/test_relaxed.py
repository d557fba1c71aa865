"""Comparators that accept more than one answer: up to a factor, a constant, a sign, an order, a permutation."""

from __future__ import annotations

from typing import Any

import pytest

from grader.comparators.any_order import AnyOrder
from grader.comparators.close import Close
from grader.comparators.formula import Formula
from grader.comparators.up_to_constant import UpToConstant
from grader.comparators.up_to_factor import UpToFactor
from grader.comparators.up_to_indices import UpToIndices
from grader.comparators.up_to_sign import UpToSign
from grader.comparators.value import Value

FORMULA = Formula(("x", "y", "C", "w1", "w2", "v1", "v2"))
HIDDEN = UpToIndices(FORMULA, (("w1", "v1"), ("w2", "v2")))


@pytest.mark.parametrize(
    ("compare", "expected", "actual"),
    [
        (UpToFactor(FORMULA), "x^2 + x*y", "-3x(x + y)"),
        (UpToFactor(FORMULA), "sin(2x)", "π sin x cos x"),
        (UpToFactor(FORMULA, positive=True), "x^2 + x*y", "x(x + y)/√2"),
        (UpToFactor(FORMULA, positive=True), ["2x", "-2y"], "(x, -y)"),
        (UpToFactor(FORMULA), "0", "0*x"),
        (UpToFactor(Value(), positive=True), [3, -4], [0.6, -0.8]),
        (UpToFactor(Value(), positive=True), [3, -4], "(6, -8)"),
        (UpToFactor(Value()), [1, 3], [-1 / 3, -1]),
        (UpToFactor(Value()), [0, 2], [0, 5]),
        (UpToConstant(FORMULA), "x^2", "(x + 1)(x - 1) + ln 7"),
        (UpToConstant(FORMULA, ("x",)), "x^2", "x^2 + C"),
        (UpToConstant(FORMULA), "sin(x)^2", "-cos(x)^2"),
        (UpToConstant(Value()), [1, 2, 3], [0, 1, 2]),
        (UpToSign(FORMULA), ["x - y", "x"], "y - x, -x"),
        (UpToSign(Value()), [1, -2], [-1, 2]),
        (AnyOrder(FORMULA), ["x + y", "x - y", "x"], "x; x - y; y + x"),
        (AnyOrder(FORMULA), ["x/2", "y"], "y; 0,5x"),
        (AnyOrder(FORMULA), ["max(x, 2)", "y"], "{y, max(2; x)}"),
        (AnyOrder(Value()), [1, 2, 2], (2, 1, 2)),
        (UpToConstant(FORMULA), "floor(x)", "floor(x)"),
        (UpToFactor(Formula(("x",), functions=("f",))), "f(2x)", "3 f(x + x)"),
        (HIDDEN, "w1*v1 + 2w2*v2", "v2*w2 + 2w1*v1"),
        (UpToIndices(Value()), [[1, 2], [3, 4]], [[3, 4], [1, 2]]),
        (UpToIndices(Value(), axes=(0, 1)), [[1, 2], [3, 4]], [[4, 3], [2, 1]]),
    ],
)
def test_what_is_as_good_agrees(compare: Any, expected: Any, actual: Any) -> None:
    """The relation is the one that the comparator is named for."""
    assert compare(expected, actual) is None


@pytest.mark.parametrize(
    ("compare", "expected", "actual", "reason"),
    [
        (UpToFactor(FORMULA), "x^2 + x*y", "x(x - y)", "up_to_factor"),
        (UpToFactor(FORMULA), "x", "x*y", "up_to_factor"),
        (UpToFactor(FORMULA), "x", "0", "up_to_factor"),
        (UpToFactor(FORMULA, positive=True), "x^2", "-x^2", "up_to_positive_factor"),
        (UpToFactor(FORMULA), ["x", "y"], ["2x", "3y"], "up_to_factor"),
        (UpToFactor(Value(), positive=True), [3, -4], [-3, 4], "up_to_positive_factor"),
        (UpToFactor(Value()), [0, 2], [1, 2], "up_to_factor"),
        (UpToConstant(FORMULA), "x^2", "x^2 + y", "up_to_constant"),
        (UpToConstant(Value()), [1, 2, 3], [0, 1, 3], "up_to_constant"),
        (UpToSign(FORMULA), ["x - y", "x"], ["y - x", "x"], "up_to_sign"),
        (AnyOrder(FORMULA), ["x", "y"], ["x", "x"], "any_order"),
        (HIDDEN, "w1*v1 + 2w2*v2", "w1*v2 + 2w2*v1", "up_to_indices"),
    ],
)
def test_what_is_not_as_good_differs(compare: Any, expected: Any, actual: Any, reason: str) -> None:
    """The difference says which relation does not hold."""
    difference = compare(expected, actual)
    assert difference is not None
    assert difference.detail["reason"] == reason


@pytest.mark.parametrize("text", ["floor(x)", "x!", "binomial(x, 2)", "erf(x) + floor(x)!"])
@pytest.mark.parametrize("compare", [UpToFactor(FORMULA), UpToConstant(FORMULA)])
def test_what_has_no_derivative_is_left_to_a_person(compare: Any, text: str) -> None:
    """A function without a rule is no reason to fail."""
    found = compare("x^2 y", text)
    assert found is not None
    assert found.kind == "undecided"


def test_lists_of_other_lengths_differ_in_count() -> None:
    """Two roots are not one, and the page says how many there should be."""
    difference = AnyOrder(FORMULA)(["x", "y"], "x")
    assert difference is not None
    assert (difference.kind, difference.expected, difference.actual) == ("count", "2", "1")


def test_only_formulas_and_values_can_be_relaxed() -> None:
    """Arrays that a function returns have a tolerance, which no exact relation can take into account."""
    with pytest.raises(ValueError, match="built on Formula or Value"):
        UpToFactor(Close())
