"""Answers that agree have the same key, so that an answer finds those for whom it is right without trying each."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from grader.comparators.formula import Formula
from grader.comparators.value import Value
from grader.model.comparing import Measured

SAME_FORMULAS = [
    ("x**2 + 2*x*y + y**2", "(x + y)^2"),
    ("sin(x)/cos(x)", "tg x"),
    ("exp(x*y)*log(x**2 + 1)", r"e^{xy} \\ln(1 + x^2)"),
    ("1/2", 0.5),
    ("sqrt(x - 10)", "(x - 10)^(1/2)"),
]
SAME_VALUES = [
    ([[1, 2], [3, 4]], "1 2; 3 4"),
    (np.array([[1, 2]]), (1, 2)),
    (Fraction(1, 3), 1 / 3),
    (Measured(5.0, 1e-9), "5"),
    (np.array([[0.5]]), "1/2"),
]


@pytest.mark.parametrize(("expected", "answer"), SAME_FORMULAS)
def test_equal_formulas_have_the_same_key(expected: str, answer: object) -> None:
    """Whatever their form."""
    compare = Formula(("x", "y"))
    if compare.key(expected) is not None:
        assert compare(expected, answer) is None
        assert compare.key(expected) == compare.key(answer)
    else:
        assert "sqrt" in expected, "a formula that is real nowhere near has no key"


@pytest.mark.parametrize(("expected", "answer"), SAME_VALUES)
def test_equal_values_have_the_same_key(expected: object, answer: object) -> None:
    """Whatever they are contained in."""
    assert Value().key(expected) == Value().key(answer)


def test_other_answers_have_other_keys() -> None:
    """Other formulas, numbers and shapes; what cannot be read has none."""
    formula, value = Formula(("x", "y")), Value()
    keys = {formula.key(text) for text in ("x + y", "x - y", "x*y", "x/y", "x + 1", "x", "x + y + 1e-6")}
    assert len(keys) == 7
    assert len({value.key(answer) for answer in ([[1, 2]], [[2, 1]], [1, 2, 3], [[1], [2], [3]], 1, -1)}) == 5
    assert (formula.key("x +"), value.key("seven"), formula.key("y'")) == (None, None, None)


def test_rounded_answers_share_a_key() -> None:
    """Where so many decimals are enough."""
    compare = Value(decimals=2)
    assert compare.key("2.67") == compare.key(8 / 3) == compare.key("2.6667")
    assert compare.key("2.66") != compare.key(8 / 3)
