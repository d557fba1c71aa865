"""What is dealt for work by hand leaves something to compute, also where proofreading has not looked."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assignments.colloquium.q14 import hides_nothing
from grader.author.loading import load_assignment
from grader.judge.dealing import deal

COLLOQUIUM = load_assignment(Path(__file__).parents[2] / "assignments" / "colloquium")


def test_the_weights_of_question_10_turn_nothing_into_zeros() -> None:
    """A singular matrix does, which nothing but a condition keeps from being dealt now and then."""
    dealt = (np.array(deal(COLLOQUIUM, f"student-{number}")["q10"]["W"]) for number in range(300))
    assert [W for W in dealt if W[0, 0] * W[1, 1] == W[0, 1] * W[1, 0]] == []


def test_the_gradients_of_question_14_do_not_cancel() -> None:
    """Those of windows that share their largest pixel are added up."""
    picture = ((-4, -5, 1), (-1, 7, 8), (4, -9, -3))
    assert hides_nothing(picture, ((-3, 4), (4, -4)))
    assert not hides_nothing(picture, ((-4, 4), (4, -4)))
