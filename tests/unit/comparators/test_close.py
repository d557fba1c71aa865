"""How arrays are compared."""

from __future__ import annotations

import numpy as np
import pytest

from grader.comparators.close import Close
from grader.model.comparing import Measured


@pytest.mark.parametrize(
    ("wanted", "given", "texts"),
    [
        (8.0, 7.0, ("8", "7")),
        (8.0, 8.0 + 4e-12, ("8", "8.000000000004")),
        (1 / 3, 1 / 3 + 1e-8, ("0.333333333", "0.333333343")),
        (1.0, np.float32(1.001), ("1", "1.001")),
    ],
)
def test_numbers_that_differ_are_shown_differently(
    wanted: float, given: float, texts: tuple[str, str]
) -> None:
    """As many digits are shown as it takes to see the difference, and no more."""
    difference = Close()(np.array([wanted]), np.array([given]))
    assert difference is not None
    assert (difference.expected, difference.actual) == texts


def test_another_order_of_summation_makes_no_difference() -> None:
    """Sums that differ by rounding only are the same."""
    terms = np.random.default_rng(1).normal(size=500)
    forward, backward = np.cumsum(terms)[-1], np.cumsum(terms[::-1])[-1]
    assert forward != backward
    assert Close()(Measured(forward, 0.0), backward) is None
