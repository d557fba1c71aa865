"""Samples against laws: no false alarm beyond the stated rate, and nothing else passes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

from grader.comparators._laws import Trial
from grader.comparators.statistical import (
    Law,
    Mask,
    Normal,
    Statistical,
    Truncated,
    Uniform,
    missed,
)

SHAPE = (120, 80)
LAWS: dict[str, Law] = {
    "normal": Normal(0.1, SHAPE),
    "off centre": Normal(0.1, SHAPE, 0.3),
    "uniform": Uniform(-0.2, 0.2, SHAPE),
    "unit interval": Uniform(0, 1, SHAPE),
    "truncated": Truncated(0.1, 0.15, SHAPE),
    "mask": Mask(0.8, SHAPE),
    "scaled mask": Mask(0.8, SHAPE, 1.25),
}
TEST = Statistical(4)


def drawn(law: Law, seed: int = 1) -> Any:
    """A sample."""
    return law.draw(np.random.default_rng(seed))


def reason(law: Law, sample: Any) -> str:
    """Which test rejects the sample, or nothing."""
    difference = TEST(law, sample)
    return "" if difference is None else difference.detail.get("reason", difference.kind)


def trials(law: Law, sample: Any) -> dict[str, Trial]:
    """Reason → test."""
    return {trial.reason: trial for trial in law.trials(sample)}


@pytest.mark.parametrize("name", LAWS)
def test_samples_of_a_law_pass_its_tests(name: str) -> None:
    """Sixty samples, and what a submission may make of them: lists and single precision."""
    law = LAWS[name]
    assert [reason(law, drawn(law, seed)) for seed in range(60)] == [""] * 60
    assert [reason(law, drawn(law).tolist()), reason(law, drawn(law).astype(np.float32))] == ["", ""]
    assert reason(law, TEST.written(law)) == ""


@pytest.mark.parametrize("name", LAWS)
def test_bounds_hold_in_small_samples(name: str) -> None:
    """Among a thousand samples of twelve, a test's bound falls below 1/50 in at most one of fifty, up to chance."""
    law = LAWS[name]
    small: Law = type(law)(law.keep, (3, 4), law.scale) if isinstance(law, Mask) else _resized(law, (3, 4))
    below: dict[str, int] = {}
    for seed in range(1000):
        for trial in small.trials(drawn(small, seed)):
            below[trial.reason] = below.get(trial.reason, 0) + (trial.log_tail < math.log(1 / 50))
    assert all(count <= (20 + 15) * (2 if name == "dependence" else 1) for name, count in below.items()), (
        below
    )


def _resized(law: Any, shape: tuple[int, ...]) -> Law:
    if isinstance(law, Normal):
        return Normal(law.deviation, shape, law.centre)
    if isinstance(law, Truncated):
        return Truncated(0.1, 0.15, shape)
    return Uniform(law.centre - law.reach, law.centre + law.reach, shape)


@pytest.mark.parametrize("n", [12, 300, 9600])
def test_bounds_are_above_the_exact_tails(n: int) -> None:
    """Normal mean, χ² of the squares, Kolmogorov's distance: scipy's exact tails lie below ours."""
    rng = np.random.default_rng(n)
    for factor in (0.7, 0.95, 1.0, 1.05, 1.4):
        x = rng.normal(0, factor, (n // 4, 4))
        found = trials(Normal(1.0, x.shape), x)
        exact = {
            "centre": 2 * stats.norm.sf(abs(x.mean()) * math.sqrt(n)),
            "spread": min(stats.chi2.cdf(np.sum(x * x), n), stats.chi2.sf(np.sum(x * x), n)),
            "form": stats.kstest(x.ravel(), "norm", method="exact").pvalue,
        }
        for name, tail in exact.items():
            assert found[name].log_tail >= math.log(max(tail, 1e-300)) - 1e-9 or tail == 0, (name, factor)


def test_moments_are_those_of_the_laws() -> None:
    """Deviation and distribution function agree with scipy, also of the truncated normal law."""
    x = np.linspace(-0.14, 0.14, 57)
    law = stats.truncnorm(-1.5, 1.5, scale=0.1)
    ours = Truncated(0.1, 0.15, SHAPE)
    assert ours.deviation == pytest.approx(law.std(), rel=1e-12)
    assert ours.distribution(x) == pytest.approx(law.cdf(x), abs=1e-7)
    assert Normal(0.1, SHAPE).distribution(x) == pytest.approx(stats.norm.cdf(x, scale=0.1), abs=1e-7)
    assert Uniform(-1, 1, SHAPE).deviation == pytest.approx(math.sqrt(1 / 3))


RNG = np.random.default_rng(5)
ROW = RNG.normal(0, 0.1, (1, 80))
SYMMETRIC = np.triu(RNG.normal(0, 0.1, (90, 90)))
SYMMETRIC = SYMMETRIC + np.triu(SYMMETRIC, 1).T
WRONG = {
    "centre": (LAWS["normal"], drawn(Normal(0.1, SHAPE, 0.01))),
    "spread": (LAWS["normal"], drawn(Normal(0.105, SHAPE))),
    "spread of a uniform law": (LAWS["uniform"], drawn(Uniform(-0.19, 0.19, SHAPE))),
    "variance for deviation": (LAWS["normal"], drawn(Normal(0.01, SHAPE))),
    "zeros": (LAWS["normal"], np.zeros(SHAPE)),
    "range": (LAWS["uniform"], np.where(np.arange(80) == 7, 0.201, drawn(LAWS["uniform"]))),
    "form": (LAWS["normal"], drawn(Uniform(-0.1 * math.sqrt(3), 0.1 * math.sqrt(3), SHAPE))),
    "form by clipping": (
        Truncated(0.1, 0.15, (400, 300)),
        np.clip(drawn(Normal(0.094, (400, 300))), -0.15, 0.15),
    ),
    "dependence of rows": (LAWS["normal"], np.repeat(drawn(Normal(0.1, (60, 80))), 2, axis=0)),
    "dependence of columns": (LAWS["normal"], np.repeat(drawn(Normal(0.1, (120, 40))), 2, axis=1)),
    "dependence of mirrored entries": (Normal(0.1, (90, 90)), SYMMETRIC),
    "values": (LAWS["scaled mask"], drawn(LAWS["mask"])),
    "share": (LAWS["mask"], drawn(Mask(0.7, SHAPE))),
    "dependence of a mask": (Mask(0.5, SHAPE), np.repeat(drawn(Mask(0.5, (60, 80))), 2, axis=0)),
    "finite": (LAWS["normal"], np.where(np.arange(80) == 3, np.nan, drawn(LAWS["normal"]))),
    "shape": (LAWS["normal"], drawn(LAWS["normal"]).T),
    "type": (LAWS["normal"], "many numbers"),
    "centre of what is too large to be squared": (LAWS["normal"], np.full(SHAPE, 1e300)),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told(name: str) -> None:
    """Each test finds what it is there for, and says so."""
    law, sample = WRONG[name]
    told = reason(law, sample)
    assert told in (
        name.split()[0],
        "spread" if name in ("variance for deviation", "zeros", "form by clipping") else "",
    )
    assert told


def test_the_place_of_what_is_no_number_is_told() -> None:
    """The first one, in C order."""
    difference = TEST(*WRONG["finite"])
    assert difference is not None
    assert (difference.kind, difference.place, difference.actual) == ("law", "[0, 3]", "nan")


def test_a_repeated_row_is_dependent() -> None:
    """One draw for all neurons: every number by itself is right."""
    assert reason(Normal(0.1, SHAPE), np.repeat(ROW, 120, axis=0)) != ""


@pytest.mark.parametrize("ratio", [0.9, 1.1, 1.118, math.sqrt(2)])
def test_missed_bounds_how_often_another_law_passes(ratio: float) -> None:
    """Where the bound is below a millionth, none of a hundred samples passes."""
    accepted, true = Normal(0.1, SHAPE), Normal(0.1 * ratio, SHAPE)
    assert missed(accepted, true, TEST.rate) < 1e-6
    assert "" not in {reason(accepted, drawn(true, seed)) for seed in range(100)}


def test_missed_is_no_promise_where_samples_are_small() -> None:
    """Twelve numbers tell little, and a law is always missed for itself."""
    assert missed(Normal(0.1, (3, 4)), Normal(0.12, (3, 4)), TEST.rate) == 1.0
    assert [missed(law, law, TEST.rate) for law in LAWS.values()] == [1.0] * len(LAWS)


@pytest.mark.parametrize(
    ("accepted", "true"),
    [
        (Normal(0.1, (300, 200)), Uniform(-0.1 * math.sqrt(3), 0.1 * math.sqrt(3), (300, 200))),
        (Uniform(-0.1, 0.1, (300, 200)), Uniform(-0.12, 0.12, (300, 200))),
        (Mask(0.5, (300, 200)), Mask(0.6, (300, 200))),
        (Mask(0.5, (300, 200)), Mask(0.5, (300, 200), 2.0)),
        (Normal(0.1, (3, 4)), Normal(0.1, (4, 3))),
        (Mask(0.5, (3, 4)), Normal(0.1, (3, 4))),
    ],
)
def test_missed_between_laws_of_other_kinds(accepted: Law, true: Law) -> None:
    """Form, range, share, values and shape tell them apart, one way and the other."""
    assert missed(accepted, true, TEST.rate) < 1e-6
    assert missed(true, accepted, TEST.rate) < 1e-6
    assert reason(accepted, drawn(true)) != ""
