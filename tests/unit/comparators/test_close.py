"""Numbers and arrays are compared up to the rounding that the problem has."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.comparators.close import Close
from grader.model.comparing import Measured
from grader.model.verdict import Difference

close = Close()
ARRAYS = hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=4), elements=st.floats(-1e9, 1e9))


@given(ARRAYS)
def test_an_array_agrees_with_itself_and_with_its_lists(array: np.ndarray) -> None:
    """The container does not matter, the numbers do."""
    assert (close(array, array.copy()), close(array, array.tolist())) == (None, None)


@given(ARRAYS)
def test_another_order_of_summation_is_within_the_rounding(array: np.ndarray) -> None:
    """Sums that differ by the order of their terms agree, given the noise of the sum."""
    forward, backward = sum(array.ravel()), sum(array.ravel()[::-1])
    noise = np.finfo(float).eps * np.abs(array).sum()
    assert close(Measured(forward, noise), backward) is None


@pytest.mark.parametrize(
    ("expected", "actual", "difference"),
    [
        (np.eye(2), [[1, 0], [0, 2]], Difference("value", "[1, 1]", "1", "2")),
        (np.eye(2), np.eye(3), Difference("shape", "", "(2, 2)", "(3, 3)")),
        (1.5, "1.5", Difference("type", "", "number", "str")),
        (np.eye(2), None, Difference("type", "", "array", "NoneType")),
        ((np.eye(2), np.eye(3)), (np.eye(2),), Difference("count", "", "2", "1")),
        ((np.eye(2), np.ones(2)), (np.eye(2), [1, 3]), Difference("value", "[1][1]", "1", "3")),
        (1.0, 1 + 1e-9, Difference("value", "", "1", "1.000000001")),
    ],
)
def test_the_first_difference_is_told(expected: object, actual: object, difference: Difference) -> None:
    """A difference names its kind, its place and both values."""
    assert close(expected, actual) == difference


def test_single_precision_is_as_good_as_it_can_be() -> None:
    """An answer in float32 may be off by the rounding of float32, one in float64 may not."""
    value = np.array([0.1, 0.2, 0.3])
    off = value.astype(np.float32)
    assert (close(value, off) is None, close(value, off.astype(np.float64)) is None) == (True, False)


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_a_coarse_dtype_buys_little(dtype: type) -> None:
    """However coarse the dtype that a student chooses, and a wrong number stays wrong."""
    expected = Measured(np.array([1.5, 1000.0]), np.array([1e-9, 1e-9]))
    wrong = np.array([1.5, 990.0], dtype=dtype)
    assert close(expected, wrong) is not None
    assert close(expected, np.zeros(2, dtype=dtype)) is not None


def test_half_precision_may_be_rounded() -> None:
    """An answer in float16 may be off by one rounding of float16."""
    assert close(np.array([0.1, 0.7]), np.array([0.1, 0.7], dtype=np.float16)) is None


def test_a_nest_of_too_many_axes_is_no_number() -> None:
    """A list that is nested deeper than numpy can count is an answer of the wrong kind, and no fault of ours."""
    nest: object = 1.0
    for _ in range(90):
        nest = [nest]
    assert close(1.0, nest) == Difference("type", "", "number", "list")


def test_not_a_number_agrees_with_itself_only() -> None:
    """NaN and infinities are values like others."""
    expected = [np.nan, np.inf, 1.0]
    assert (close(expected, [np.nan, np.inf, 1.0]), close(expected, [np.nan, -np.inf, 1.0])) == (
        None,
        Difference("value", "[1]", "inf", "-inf"),
    )


def test_an_axis_of_length_one_may_be_missing_where_the_author_says_so() -> None:
    """`keep_shape=False` takes (1, 3) and (3,) for the same."""
    loose = Close(keep_shape=False)
    assert (loose(np.ones((1, 3)), np.ones(3)), close(np.ones((1, 3)), np.ones(3)) is None) == (None, False)


def test_an_author_may_widen_the_tolerance() -> None:
    """`relative` is a share of the largest expected magnitude."""
    assert (
        Close(relative=1e-3)([100.0, 1.0], [100.0, 1.05]),
        close([100.0, 1.0], [100.0, 1.05]) is None,
    ) == (
        None,
        False,
    )


@given(st.recursive(st.none() | st.text() | st.integers() | st.floats() | st.binary(), st.lists))
def test_it_never_raises(actual: object) -> None:
    """Whatever comes back from the box, the comparator has a word for it."""
    assert isinstance(close(np.eye(2), actual), Difference)


def test_long_texts_in_a_list_cost_no_memory() -> None:
    """A list with one long text and many empty ones is refused at the price of looking at it."""
    answer = ["x" * 500_000, *[""] * 100_000]
    tracemalloc.start()
    found = close(np.zeros(2), answer)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found, peak < 20_000_000) == (Difference("type", "", "array", "list"), True)
