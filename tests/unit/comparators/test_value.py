"""Values worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from grader.comparators.value import Value
from grader.guest.plain import Symbolic
from grader.model.comparing import Measured
from grader.model.verdict import Difference

MATRIX = np.array([[1, 2], [3, -4]])


@pytest.mark.parametrize(
    "answer",
    [
        [[1, 2], [3, -4]],
        ((1, 2), (3, -4)),
        [(1.0, 2.0), np.array([3, -4])],
        np.array([[1, 2], [3, -4]], dtype=np.float32),
        "[[1, 2], [3, -4]]",
        Symbolic("[[1, 2], [3, -4]]"),
        ["[1, 2]", [3, "-4"]],
        [[Fraction(1), np.int8(2)], [3 + 0j, -4]],
    ],
)
def test_the_container_does_not_matter(answer: Any) -> None:
    """Lists, tuples, arrays and texts of the same numbers are the same matrix."""
    assert Value()(MATRIX, answer) is None


@pytest.mark.parametrize("answer", [5, 5.0, "5", [5], [[5]], np.float64(5), np.array(5), "[5]"])
def test_a_number_may_stand_in_brackets(answer: Any) -> None:
    """One number is one number, with or without brackets of its own, on either side."""
    assert Value()(5, answer) is None
    assert Value()([[5]], answer) is None


@pytest.mark.parametrize("expected", [[[1, 2, 3]], [[1], [2], [3]], [1, 2, 3]])
def test_a_flat_list_stands_for_a_row_or_a_column(expected: Any) -> None:
    """A list without inner brackets has no direction."""
    assert Value()(expected, [1, 2, 3]) is None


def test_a_row_is_no_column() -> None:
    """Directions that are stated must agree."""
    difference = Value()([[1, 2, 3]], [[1], [2], [3]])
    assert difference is not None
    assert (difference.kind, difference.expected, difference.actual) == ("shape", "(1, 3)", "(3, 1)")


def test_the_first_place_is_named() -> None:
    """The first wrong number in C order, with both values as a person writes them."""
    difference = Value()(MATRIX, [[1, 2], [2.5, 4]])
    assert difference is not None
    assert (difference.kind, difference.place) == ("value", "[1, 0]")
    assert (difference.expected, difference.actual) == ("3", "2.5")


def test_numbers_are_compared_exactly() -> None:
    """A tenth is a tenth as typed; one off in the last digit of a large number is wrong."""
    assert Value()(Fraction(1, 10), 0.1) is None
    assert Value()(Fraction(1, 10), "0.1") is None
    assert Value()(10**15, 10**15 + 1) is not None
    assert Value()(Fraction(1, 3), "0.333333333333333") is not None


def test_what_python_computed_may_be_off_by_rounding() -> None:
    """`1/3` is evaluated to a binary number before it is read; a typed 0.333 is not a third."""
    assert Value()(Fraction(1, 3), 1 / 3) is None
    assert Value()(Fraction(3, 10), 0.1 + 0.2) is None
    assert Value()(Fraction(1, 3), 0.333) is not None


@pytest.mark.parametrize("answer", ["2/3", "0.67", "0.667", 0.67, 0.66667, 2 / 3])
def test_rounded_answers_are_right_where_decimals_are_given(answer: Any) -> None:
    """Two decimals or more, correctly rounded."""
    assert Value(decimals=2)(Fraction(2, 3), answer) is None


@pytest.mark.parametrize("answer", ["0.66", "0.7", "0.671", "0.666", 0.6, "67/101"])
def test_too_coarse_or_wrongly_rounded_answers_are_wrong(answer: Any) -> None:
    """Fewer decimals, cut instead of rounded, or wrong beyond them."""
    assert Value(decimals=2)(Fraction(2, 3), answer) is not None


def test_trailing_zeros_may_be_left_out() -> None:
    """0.7 is 0.70."""
    assert Value(decimals=2)(Fraction(7003, 10000), "0.7") is None


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (None, "type"),
        (True, "type"),
        ({1: 2}, "type"),
        ({1, 2}, "type"),
        (float("nan"), "type"),
        ([1, float("inf")], "type"),
        (1j, "type"),
        ([[1, 2], [3]], "shape"),
        ([], "shape"),
        ([[[]]], "shape"),
        ("[[1, 2], [3, -4", "unreadable"),
        ("", "unreadable"),
        ("import os", "unreadable"),
        ([[1, "?"], [3, -4]], "unreadable"),
        (np.zeros((0, 2)), "shape"),
        ([[1, 2], [3, 10**4000]], "value"),
        ([[1, 2], [3, 1e308]], "value"),
    ],
)
def test_what_is_no_matrix_is_a_difference(answer: Any, kind: str) -> None:
    """Nothing that can come out of the box makes it raise."""
    difference = Value(decimals=1)(MATRIX, answer)
    assert difference is not None
    assert difference.kind == kind


def test_an_unreadable_text_names_its_place() -> None:
    """The student hears in which column reading stopped and what was wanted there."""
    difference = Value()(MATRIX, "[[1, 2], [3, $]]")
    assert difference is not None
    assert set(difference.detail) == {"column", "wanted", "found"}
    assert all(difference.detail.values())


def test_an_answer_can_be_read_for_following_through() -> None:
    """Whole numbers stay whole; others become floats; what cannot be read is None."""
    whole, broken = Value().read("[[1, 2], [3, -4]]"), Value().read(["1/2", 3])
    assert whole is not None
    assert broken is not None
    assert (whole.tolist(), whole.dtype.kind) == ([[1, 2], [3, -4]], "i")
    assert (broken.tolist(), broken.dtype.kind) == ([0.5, 3.0], "f")
    assert [Value().read(answer) for answer in ("?", None, [[1], [2, 3]], 10**4000)] == [None] * 4


def test_noise_is_of_no_interest_here() -> None:
    """An expected value with its noise is compared by its value."""
    assert Value()(Measured(MATRIX, 0.5), MATRIX.tolist()) is None
    assert Value()(Measured(MATRIX, 9.0), [[1, 2], [3, -5]]) is not None


@pytest.mark.parametrize("text", ["3·3·6·3", "9*(7 - 1)*3 = 162", r"$3^2 \cdot 18 = 162$", "324/2"])
def test_a_number_may_be_worked_out(text: str) -> None:
    """Arithmetic counts for its result, and of a chain what stands last."""
    assert Value()(162, text) is None
    assert Value()(163, text) == Difference("value", "", "163", "162")


@pytest.mark.parametrize(
    "text", ["9^9^9^9", "1/0", "0^(-1)", "2^0,5", "2^100000", "1/(1 - 1)", "3*x", "3 * "]
)
def test_arithmetic_without_a_number_is_unreadable(text: str) -> None:
    """What has no exact value, or an enormous one, is told to be unreadable, at once."""
    difference = Value()(1, text)
    assert difference is not None
    assert difference.kind == "unreadable"
