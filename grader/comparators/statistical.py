"""Random numbers, tested against the law that they should follow, at a stated rate of false alarms.

The expected value is a law with the shape of the sample, such as `Normal(0.1, (300, 200))`, and so are the readings
of mistakes: a reading explains a sample if none of its tests rejects it. Sizes are chosen so that every other reading
is rejected: `missed(accepted, true, rate)` bounds the probability that a sample of one law passes for another.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.comparators._laws import SLACK, Continuous, Law, Mask, Normal, Truncated, Uniform
from grader.comparators.close import Close, number_text
from grader.model.comparing import Measured
from grader.model.verdict import Difference

__all__ = ["FALSE_ALARMS", "Law", "Mask", "Normal", "Statistical", "Truncated", "Uniform", "missed"]

FALSE_ALARMS = 1e-6
"""How often a student whose numbers follow the right law may be told that they do not, over all calls."""
TESTS = 8
"""Tests that one sample undergoes at most."""


@dataclass(frozen=True)
class Statistical:
    """Compares samples with laws.

    samples      how many samples of one student are tested in the whole assignment: the rate is shared out among them
    """

    samples: int
    false_alarms: float = FALSE_ALARMS

    @property
    def rate(self) -> float:
        """The rate of false alarms of one test."""
        return self.false_alarms / (self.samples * TESTS)

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give the first test that rejects the sample."""
        if isinstance(expected, Measured):
            expected = expected.value
        if isinstance(actual, (Continuous, Mask)):  # a law that nobody has drawn from yet
            return None if actual == expected else Difference("law", "", str(expected), str(actual))
        sample = Close().read(actual)
        if sample is None:
            return Difference("type", expected="array", actual=type(actual).__name__)
        if sample.shape != expected.shape:
            return Difference("shape", expected=str(expected.shape), actual=str(sample.shape))
        if sample.dtype.kind == "c" or not np.isfinite(sample).all():
            first = np.argmin(np.isfinite(sample)) if sample.dtype.kind != "c" else 0
            place = [int(index) for index in np.unravel_index(int(first), sample.shape)]
            number = number_text(sample[tuple(place)])
            return Difference("law", str(place), "", number, {"reason": "finite"})
        return self._tested(expected, sample.astype(np.float64))

    def written(self, expected: Law) -> np.ndarray[Any, np.dtype[Any]]:
        """A sample of the law, always the same."""
        return expected.draw(np.random.default_rng(0))

    def _tested(self, law: Law, sample: np.ndarray[Any, np.dtype[Any]]) -> Difference | None:
        if not sample.size:
            return None
        threshold = math.log(self.rate)
        with np.errstate(all="ignore"):
            for trial in law.trials(sample):
                if not trial.log_tail >= threshold:  # nan comes of numbers too large to be squared
                    return Difference("law", "", trial.expected, trial.actual, {"reason": trial.reason})
        return None


def missed(accepted: Law, true: Law, rate: float) -> float:
    """A bound on the probability that a sample of the law `true` passes every test of `accepted`.

    `rate` is that of one test. The best of these bounds counts: on the distance of the empirical distribution
    function and on the largest number (form, range) and, for normal laws, on the mean square (spread).
    """
    if isinstance(accepted, Mask) or isinstance(true, Mask):
        return _mask_missed(accepted, true, rate)
    if accepted.shape != true.shape:
        return 0.0
    n = math.prod(accepted.shape)
    widest = min(8 * max(accepted.deviation, true.deviation), max(accepted.reach, true.reach))
    grid = np.linspace(-widest, widest, 20_001) + accepted.centre
    gap = float(np.max(np.abs(accepted.distribution(grid) - true.distribution(grid))))
    allowed = math.sqrt(math.log(2 / rate) / (2 * n))
    form = 2 * math.exp(-2 * n * max(0.0, gap - allowed) ** 2)
    bounds = [1.0, form]
    if accepted.centre == true.centre:
        inside = math.exp(true.log_near(n, accepted.reach * (1 + SLACK)))
        never = accepted.log_near(n, true.reach) < math.log(rate / 2)
        bounds += [inside, 0.0 if never else 1.0, _spread_missed(accepted, true, n, rate)]
    return min(bounds)


def _spread_missed(accepted: Continuous, true: Continuous, n: int, rate: float) -> float:
    """By the mean square: the nearest value that `accepted` lets pass is a tail of `true`."""
    if not isinstance(true, Normal) or not isinstance(accepted, Normal):
        return 1.0
    ratio = (accepted.deviation / true.deviation) ** 2
    edge = _edge(n, math.log(rate / 2), upper=ratio < 1)
    r = edge * ratio
    if (r >= 1) == (ratio < 1):
        return 1.0
    return math.exp(n / 2 * (1 - r + math.log(r)))


def _edge(n: int, log_tail: float, *, upper: bool) -> float:
    """The mean of n squares of standard normal numbers at which the bound of its test is exp(log_tail)."""
    low, high = (1.0, 16.0) if upper else (1e-12, 1.0)
    for _ in range(100):
        middle = (low + high) / 2
        beyond = n / 2 * (1 - middle + math.log(middle)) < log_tail
        low, high = (low, middle) if beyond == upper else (middle, high)
    return high if upper else low


def _mask_missed(accepted: Law, true: Law, rate: float) -> float:
    if not isinstance(accepted, Mask) or not isinstance(true, Mask) or accepted.shape != true.shape:
        return 0.0
    n = math.prod(accepted.shape)
    if accepted.scale != true.scale:
        return float((1 - true.keep) ** n)  # only zeros could pass
    allowed = math.sqrt(math.log(2 / rate) / (2 * n))  # Pinsker: KL(q, p) is at least 2(q − p)²
    return min(1.0, 2 * math.exp(-2 * n * max(0.0, abs(accepted.keep - true.keep) - allowed) ** 2))
