"""Numbers in which matrix formulas are compared: a finite field, exactly, or reals where functions are known.

In the field GF(2⁶¹ − 1) two formulas that differ agree at a random point with a probability of at most d/2⁶¹, where d
is their degree (Schwartz 1980, Zippel 1979); functions of which nothing is known are keyed hashes, so that f(Z) and
f(A) have nothing in common. With tanh, σ, exp and the like, random reals of 60 digits must agree to 40.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, Protocol

import mpmath

from grader.algebra.comparison.points import PRIME

DIGITS, AGREEMENT = 60, 40


class NoValueError(Exception):
    """Something is divided by zero, or has no value in these numbers."""


class Field(Protocol):
    """A kind of numbers: `+`, `-` and `*` of Python, with these besides; `cost` is how slow they are."""

    cost: int

    def number(self, value: Fraction) -> Any:
        """An exact number."""

    def normal(self, value: Any) -> Any:
        """The one form of a sum or a product."""

    def quotient(self, above: Any, below: Any) -> Any:
        """Divide. Raises `NoValueError`."""

    def random(self, *key: object) -> Any:
        """Give a reproducible random number."""

    def apply(self, name: str, value: Any) -> Any:
        """Apply a function. Raises `NoValueError` for one that these numbers do not know."""

    def same(self, left: Any, right: Any, size: Any) -> bool:
        """Whether two numbers are equal; entries are as large as `size`."""


def noise(*key: object) -> int:
    """Give 96 reproducible random bits."""
    return int.from_bytes(blake2b(" ".join(map(str, key)).encode(), digest_size=12).digest(), "big")


@lru_cache(maxsize=65536)
def _hashed(*key: object) -> int:
    return noise(*key) % PRIME


class FiniteField:
    """GF(2⁶¹ − 1)."""

    cost = 1

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def number(self, value: Fraction) -> int:
        """An exact number."""
        return self.quotient(value.numerator, value.denominator)

    def normal(self, value: int) -> int:
        """The remainder."""
        return value % PRIME

    def quotient(self, above: int, below: int) -> int:
        """Divide. Raises `NoValueError`."""
        if below % PRIME == 0:
            raise NoValueError
        return above * pow(below, -1, PRIME) % PRIME

    def random(self, *key: object) -> int:
        """Give a reproducible random number."""
        return _hashed(self.seed, *key)

    def apply(self, name: str, value: int) -> int:
        """Every function is a hash."""
        return _hashed(self.seed, name, value)

    def same(self, left: int, right: int, size: int) -> bool:
        """Whether two numbers are equal."""
        return left == right


_mp = mpmath.MPContext()
_mp.dps = DIGITS


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + _mp.exp(-x))


def _positive(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def checked(x: Any) -> Any:
        if x <= 0:
            raise NoValueError
        return function(x)

    return checked


_REAL = MappingProxyType(
    {
        "tanh": _mp.tanh,
        "tanh'": lambda x: 1 - _mp.tanh(x) ** 2,
        "sigmoid": _sigmoid,
        "sigmoid'": lambda x: _sigmoid(x) * (1 - _sigmoid(x)),
        "relu": lambda x: max(x, _mp.zero),
        "relu'": lambda x: _mp.one if x > 0 else _mp.zero,
        "exp": _mp.exp,
        "exp'": _mp.exp,
        "ln": _positive(_mp.log),
        "ln'": lambda x: 1 / x,
        "sqrt": _positive(_mp.sqrt),
        "sqrt'": _positive(lambda x: 1 / (2 * _mp.sqrt(x))),
    }
)


class Reals:
    """Reals of 60 digits; a function of which nothing is known is a random smooth one."""

    cost = 4

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def number(self, value: Fraction) -> Any:
        """An exact number."""
        return _mp.mpf(value.numerator) / value.denominator

    def normal(self, value: Any) -> Any:
        """The number itself."""
        return value

    def quotient(self, above: Any, below: Any) -> Any:
        """Divide. Raises `NoValueError`."""
        if not below:
            raise NoValueError
        return above / below

    def random(self, *key: object) -> Any:
        """Give a reproducible random number, not near zero, of either sign."""
        bits = noise(self.seed, *key)
        value = _mp.mpf(3) / 10 + _mp.mpf(bits >> 1) / 2**95 * 3 / 2
        return -value if bits & 1 else value

    def apply(self, name: str, value: Any) -> Any:
        """Apply a function. Raises `NoValueError` where it has no value."""
        known = _REAL.get(name)
        if known is not None:
            return known(value)
        slope, shift = self.random(name, "slope"), self.random(name, "shift")
        return _mp.sin(slope * value + shift) + self.random(name, "lean") * value

    def same(self, left: Any, right: Any, size: Any) -> bool:
        """Whether two numbers agree to 40 digits of the largest."""
        return bool(abs(left - right) <= size * _mp.mpf(10) ** -AGREEMENT)


class SmallNumbers:
    """Fractions, drawn from small whole numbers: for what a person can check. No functions."""

    cost = 4

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def number(self, value: Fraction) -> Fraction:
        """An exact number."""
        return value

    def normal(self, value: Fraction) -> Fraction:
        """The number itself."""
        return value

    def quotient(self, above: Fraction, below: Fraction) -> Fraction:
        """Divide. Raises `NoValueError`."""
        if not below:
            raise NoValueError
        return Fraction(above) / below

    def random(self, *key: object) -> Fraction:
        """Give a reproducible number from −3 to 3, not 0."""
        return Fraction((-3, -2, -1, 1, 2, 3)[noise(self.seed, *key) % 6])

    def apply(self, name: str, value: Fraction) -> Fraction:
        """No function has a value here. Raises `NoValueError`."""
        raise NoValueError

    def same(self, left: Fraction, right: Fraction, size: Fraction) -> bool:
        """Whether two numbers are equal."""
        return left == right
