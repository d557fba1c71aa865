"""Laws of random numbers, and tests of a sample against them whose error of the first kind is bounded exactly.

Each test gives a bound on the probability, under the law, of a statistic that is at least as extreme as the observed
one, for every sample size; nothing here is asymptotic, so that a stated rate of false alarms is never exceeded.

* centre: the normal, the uniform (Arbel, Marchal, Nguyen, ESAIM: P&S 24, 2020) and the symmetric truncated normal law
  (Barreto, Marchal, Arbel, 2024) are strictly sub-Gaussian, so that the mean of n numbers is z of its deviations off
  with probability at most 2·exp(−z²/2);
* spread: n·r = Σ((x−μ)/σ)² of normal numbers is χ² with n degrees of freedom, and exceeds (or falls below) n·r with
  probability at most exp(n/2·(1 − r + ln r)) (Chernoff); squares of bounded numbers obey the Chernoff–Hoeffding bound
  exp(−n·KL(q, p)) (Hoeffding, JASA 58, 1963);
* form: the largest distance of the empirical distribution function from the true one is at least d with probability
  at most 2·exp(−2nd²) (Massart, Ann. Probab. 18, 1990, with the best constant); of n numbers all are nearer than t to
  the centre with probability (F(t) − F(−t))ⁿ, and one is farther with probability at most n·(1 − F(t) + F(−t));
* dependence: with v = 2F(x) − 1, uniform on (−1, 1), the sum of m products of disjoint neighbours exceeds t with
  probability at most exp(−3t²/(2m)), since each product is sub-Gaussian with variance proxy 1/3.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
NEVER = -math.inf
SLACK = 1e-6
"""How far beyond its range, in units of it, a number may lie through rounding to single precision."""
TABLE_REACH, TABLE_STEPS = 8.5, 17_000
TABLE_ERROR = 1e-7
"""Of the normal distribution function between the points of its table: h²/8·max|φ′|, and what lies beyond it."""


@dataclass(frozen=True)
class Trial:
    """One test of a sample: a bound on the logarithm of its tail probability, and what to tell."""

    reason: str
    log_tail: float
    expected: str = ""
    actual: str = ""


@dataclass(frozen=True)
class Continuous:
    """A symmetric law with a density; `shape` is that of the array of independent draws.

    deviation    the standard deviation of one number
    reach        no number lies farther from the centre, which is at `centre`
    """

    shape: tuple[int, ...]
    deviation: float
    reach: float
    centre: float = 0.0

    def distribution(self, x: Array) -> Array:
        """The probability of a number at most `x`, within `TABLE_ERROR`."""
        raise NotImplementedError

    def draw(self, rng: np.random.Generator) -> Array:
        """An array of independent draws."""
        raise NotImplementedError

    def trials(self, x: Array) -> Iterator[Trial]:
        """The tests of a finite array of the right shape, the most telling first."""
        n = x.size
        off = x.ravel() - self.centre
        mean, square = float(off.mean()), float(np.square(off).mean())
        z = abs(mean) * math.sqrt(n) / self.deviation
        yield Trial("centre", math.log(2) - z * z / 2, _text(self.centre), _text(mean + self.centre))
        actual = math.sqrt(square)
        yield Trial("spread", math.log(2) + self._log_spread(n, square), _text(self.deviation), _text(actual))
        farthest = float(off[np.argmax(np.abs(off))])
        beyond = abs(farthest) > self.reach * (1 + SLACK)
        allowed = f"{_text(self.centre - self.reach)} … {_text(self.centre + self.reach)}"
        yield Trial("range", NEVER if beyond else 0.0, allowed, _text(farthest + self.centre))
        extreme = min(self.log_near(n, abs(farthest)), self._log_far(n, abs(farthest)))
        yield Trial("form", math.log(2) + extreme)
        yield from _uniform_trials(self.distribution(x))

    def log_near(self, n: int, t: float) -> float:
        """ln of a bound on the probability that n numbers are all nearer than `t` to the centre."""
        inside = min(1.0, self._inside(t) + 2 * TABLE_ERROR)
        return n * math.log(inside) if inside > 0 else NEVER

    def _log_far(self, n: int, t: float) -> float:
        """ln of a bound on the probability that one of n numbers is farther than `t` from the centre."""
        return math.log(min(1.0, n * (1 - self._inside(t) + 4 * TABLE_ERROR)))

    def _inside(self, t: float) -> float:
        low, high = self.distribution(np.array([self.centre - t, self.centre + t]))
        return float(high - low)

    def _log_spread(self, n: int, square: float) -> float:
        """A bound on one tail of the mean of squares."""
        return _log_chernoff(n, square / self.reach**2, (self.deviation / self.reach) ** 2)


class Normal(Continuous):
    """Independent draws from N(centre, deviation²)."""

    def __init__(self, deviation: float, shape: tuple[int, ...], centre: float = 0.0) -> None:
        super().__init__(tuple(shape), float(deviation), math.inf, float(centre))

    def __str__(self) -> str:
        return f"N({_text(self.centre)}, {_text(self.deviation)}²)"

    def distribution(self, x: Array) -> Array:
        """Φ((x − μ)/σ)."""
        return _phi((x - self.centre) / self.deviation)

    def draw(self, rng: np.random.Generator) -> Array:
        """An array of independent draws."""
        return rng.normal(self.centre, self.deviation, self.shape)

    def _log_spread(self, n: int, square: float) -> float:
        r = square / self.deviation**2
        return NEVER if r == 0 else n / 2 * (1 - r + math.log(r))


class Uniform(Continuous):
    """Independent draws from U(low, high)."""

    def __init__(self, low: float, high: float, shape: tuple[int, ...]) -> None:
        reach = (float(high) - float(low)) / 2
        super().__init__(tuple(shape), reach / math.sqrt(3), reach, (float(high) + float(low)) / 2)

    def __str__(self) -> str:
        return f"U({_text(self.centre - self.reach)}, {_text(self.centre + self.reach)})"

    def distribution(self, x: Array) -> Array:
        """(x − low)/(high − low)."""
        return np.clip((x - self.centre + self.reach) / (2 * self.reach), 0, 1)

    def draw(self, rng: np.random.Generator) -> Array:
        """An array of independent draws."""
        return rng.uniform(self.centre - self.reach, self.centre + self.reach, self.shape)


class Truncated(Continuous):
    """Independent draws from N(0, parent²), drawn again where they lie beyond ±reach.

    The variance is parent²·(1 − 2b·φ(b)/(2Φ(b) − 1)) with b = reach/parent.
    """

    def __init__(self, parent: float, reach: float, shape: tuple[int, ...]) -> None:
        b = reach / parent
        inside = math.erf(b / math.sqrt(2))
        kept = 1 - 2 * b * math.exp(-b * b / 2) / math.sqrt(2 * math.pi) / inside
        super().__init__(tuple(shape), parent * math.sqrt(kept), float(reach))
        object.__setattr__(self, "parent", float(parent))

    def __str__(self) -> str:
        parent = float(self.__dict__["parent"])
        return f"N(0, {_text(parent)}²), |x| < {_text(self.reach)}"

    def distribution(self, x: Array) -> Array:
        """(Φ(x/σ) − Φ(−b))/(Φ(b) − Φ(−b))."""
        parent = self.__dict__["parent"]
        low = float(_phi(np.array(-self.reach / parent)))
        return np.clip((_phi(x / parent) - low) / (1 - 2 * low), 0, 1)

    def draw(self, rng: np.random.Generator) -> Array:
        """An array of independent draws."""
        parent, size = self.__dict__["parent"], math.prod(self.shape)
        kept: list[float] = []
        while len(kept) < size:
            more = rng.normal(0, parent, size)
            kept.extend(more[np.abs(more) < self.reach].tolist())
        return np.array(kept[:size]).reshape(self.shape)


@dataclass(frozen=True)
class Mask:
    """Independent draws that are `scale` with probability `keep`, else 0: dropout."""

    keep: float
    shape: tuple[int, ...]
    scale: float = 1.0

    def __str__(self) -> str:
        return f"{_text(self.scale)}·B({_text(self.keep)})"

    def draw(self, rng: np.random.Generator) -> Array:
        """An array of independent draws."""
        return self.scale * (rng.random(self.shape) < self.keep)

    def trials(self, x: Array) -> Iterator[Trial]:
        """The tests of a finite array of the right shape, the most telling first."""
        kept = np.abs(x - self.scale) <= SLACK * self.scale
        strange = x[~kept & (x != 0)]
        expected = f"0, {_text(self.scale)}"
        yield Trial(
            "values",
            NEVER if strange.size else 0.0,
            expected,
            _text(float(strange.flat[0])) if strange.size else "",
        )
        share = float(kept.mean())
        tail = math.log(2) + _log_chernoff(x.size, share, self.keep)
        yield Trial("share", tail, _text(self.keep), _text(share))
        yield from _neighbour_trials(kept - self.keep, proxy=1 / 4)


Law = Continuous | Mask


def _uniform_trials(u: Array) -> Iterator[Trial]:
    """Form and dependence of numbers that would be uniform on (0, 1)."""
    ordered, n = np.sort(u, axis=None), u.size
    steps = np.arange(n + 1) / n
    distance = max(float(np.max(steps[1:] - ordered)), float(np.max(ordered - steps[:-1]))) - TABLE_ERROR
    yield Trial("form", math.log(2) - 2 * n * max(distance, 0.0) ** 2)
    yield from _neighbour_trials(2 * u - 1, proxy=1 / 3)


def _neighbour_trials(v: Array, proxy: float) -> Iterator[Trial]:
    """Whether neighbours in rows, neighbours in columns, and mirrored entries of a square depend on each other.

    `proxy` bounds the variance proxy of a product of two of the centred numbers `v`.
    """
    pairs = [
        (v[..., 0 : v.shape[-1] // 2 * 2 : 2], v[..., 1::2]) if v.ndim else (v, v[..., :0]),
        (v[0 : v.shape[0] // 2 * 2 : 2], v[1::2]) if v.ndim > 1 else (v[:0], v[:0]),
    ]
    if v.ndim == 2 and v.shape[0] == v.shape[1]:
        above = np.triu_indices(v.shape[0], 1)
        pairs.append((v[above], v.T[above]))
    for one, other in pairs:
        if one.size and one.size == other.size:
            t = abs(float(np.sum(one * other)))
            yield Trial("dependence", math.log(2) - t * t / (2 * one.size * proxy))


def _log_chernoff(n: int, q: float, p: float) -> float:
    """ln of the bound exp(−n·KL(q, p)) on one tail of the mean of n numbers in [0, 1] with expectation p."""
    if not 0 <= q <= 1:
        return NEVER
    divergence = q * math.log(q / p) if q else 0.0
    if q < 1:
        divergence += (1 - q) * math.log((1 - q) / (1 - p)) if p < 1 else math.inf
    return -n * divergence


@cache
def _table() -> tuple[Array, Array]:
    points = np.linspace(-TABLE_REACH, TABLE_REACH, TABLE_STEPS + 1)
    return points, np.array([(1 + math.erf(point / math.sqrt(2))) / 2 for point in points])


def _phi(x: Array) -> Array:
    """The distribution function of N(0, 1), within `TABLE_ERROR`."""
    return np.interp(x, *_table())


def _text(value: float) -> str:
    return f"{value:.4g}".replace("-", "−")
