"""Q12: random weights are told apart with an error below one in a million, and right ones are never refused."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import numpy as np
import pytest

from grader.author.parts import Code, Part
from grader.author.readings import convention_settings, evaluate, full_reading, names_used, single_readings
from grader.comparators.statistical import FALSE_ALARMS, Law, Statistical, missed
from grader.judge.dealing import cases_of, deal
from tests.specimens.answering import asking

COLLOQUIUM = asking("q12")
TASK = COLLOQUIUM.tasks["q12"]
HAND = deal(COLLOQUIUM, "somebody")
DRAWN = [part for part in TASK.parts if isinstance(part, Code)]
POSED = {part.name: [c.arguments for c in cases_of(COLLOQUIUM, TASK, part, HAND["q12"])] for part in DRAWN}


def law(part: Part, reading: Any, arguments: tuple[Any, ...]) -> Law:
    """What a reading draws from."""
    found: Law = evaluate(part, reading, arguments, HAND["q12"])
    return found


def readings(part: Part) -> list[Any]:
    """Every right and every wrong reading under every combination of conventions."""
    settings = convention_settings(TASK, names_used(part))
    return [r for s in settings for r in (full_reading(part, s), *single_readings(part, s))]


@pytest.mark.parametrize("part", DRAWN, ids=lambda part: part.name)
def test_readings_of_different_credit_are_told_apart(part: Code) -> None:
    """A sample of one passes for another in all cases with a probability below 10⁻⁶, whatever its law."""
    assert isinstance(part.compare, Statistical)
    worst = 0.0
    for one, other in product(readings(part), repeat=2):
        laws = [(law(part, one, posed), law(part, other, posed)) for posed in POSED[part.name]]
        if all(accepted == true for accepted, true in laws):
            assert (one.credit, one.codes) == (other.credit, other.codes)
            continue
        worst = max(worst, min(missed(accepted, true, part.compare.rate) for accepted, true in laws))
    assert worst < 1e-6


def test_the_rate_of_false_alarms_is_shared_out_among_all_samples() -> None:
    """As many samples are declared as are drawn in the task."""
    drawn = sum(map(len, POSED.values()))
    assert [part.compare for part in DRAWN] == [Statistical(samples=drawn)] * 2
    assert FALSE_ALARMS == 1e-6


@pytest.mark.parametrize("seed", range(100))
def test_right_weights_are_right(seed: int) -> None:
    """The seed of the box is the first of a hundred; none is refused, whichever generator draws."""
    he = next(part for part in DRAWN if part.name == "he")
    normal, uniform = (full_reading(he, setting) for setting in convention_settings(TASK, names_used(he)))
    for shape in POSED["he"]:
        deviation = math.sqrt(2 / shape[0])
        bound = math.sqrt(3) * deviation
        for generator in (np.random.RandomState(seed), np.random.default_rng(seed)):
            weights = generator.normal(0, deviation, shape), generator.uniform(-bound, bound, shape)
            assert he.compare(law(he, normal, shape), weights[0]) is None
            assert he.compare(law(he, uniform, shape), weights[1]) is None
