"""Where expressions are compared: reproducible random points, and nice ones to show."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from hashlib import blake2b

PRIME = 2**61 - 1

Domain = tuple[tuple[str, str], ...]
"""Pairs (symbol, "real" | "positive" | "integer" | "(a,b)"); a symbol that is not named is real."""

_BITS = 20
_UNITS = 1 << _BITS
_INTERVALS = ((Fraction(-3), Fraction(3)), (Fraction(1, 20), Fraction(4)), (Fraction(-1), Fraction(1)))
_POSITIVE = ((Fraction(1, 20), Fraction(4)),)
_FAR_POSITIVE = ((Fraction(4), Fraction(10)), (Fraction(10), Fraction(30)), (Fraction(30), Fraction(200)))
_FAR = (*_FAR_POSITIVE, *((-high, -low) for low, high in _FAR_POSITIVE))
NEAR = 48
"""So many points lie near zero; those of higher numbers lie further off, for what is real only there."""
_NICE = tuple(map(Fraction, ("2", "3", "1", "1/2", "-1", "5")))


def _noise(seed: int, number: int, name: str) -> int:
    return int.from_bytes(blake2b(f"{seed} {number} {name}".encode(), digest_size=16).digest(), "big")


@lru_cache(maxsize=8192)
def coordinate(seed: int, number: int, name: str, kind: str) -> Fraction:
    """Give the value of one symbol at the random point of that number: an exact dyadic number."""
    noise = _noise(seed, number, name)
    if kind == "integer":
        return Fraction(1 + noise % 7)
    spans = _spans(kind, number >= NEAR)
    low, steps = spans[noise % 12 % len(spans)]
    return Fraction((low + (noise >> 8) % steps) * 2 + 1, 2 * _UNITS)


@lru_cache(maxsize=64)
def _spans(kind: str, far: bool) -> tuple[tuple[int, int], ...]:
    """Where intervals begin, in units, and how many units long they are."""
    intervals = _intervals(kind, far)
    return tuple((int(low * _UNITS), max(int((high - low) * _UNITS), 1)) for low, high in intervals)


@lru_cache(maxsize=64)
def _intervals(kind: str, far: bool) -> tuple[tuple[Fraction, Fraction], ...]:
    if kind in ("", "real"):
        return _FAR if far else _INTERVALS
    if kind == "positive":
        return _FAR_POSITIVE if far else _POSITIVE
    low, _, high = kind.strip("() ").partition(",")
    try:
        return ((Fraction(low.strip()), Fraction(high.strip())),)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"no domain: {kind!r}") from None


def point(seed: int, number: int, names: tuple[str, ...], domain: Domain) -> dict[str, Fraction]:
    """Give the random point of that number; a symbol has the same value whatever the other symbols are."""
    kinds = dict(domain)
    return {name: coordinate(seed, number, name, kinds.get(name, "")) for name in names}


def scaled(
    seed: int, number: int, names: tuple[str, ...], domain: Domain, scales: tuple[Fraction, ...]
) -> dict[str, Fraction]:
    """Give a random point whose coordinates are of the size of one of `scales`, where the domain lets them be."""
    kinds = dict(domain)
    scale = scales[number % len(scales)]
    found = {}
    for name in names:
        noise, kind = _noise(seed, number, name), kinds.get(name, "")
        size = scale * (2 * (noise >> 8) % (7 * _UNITS) + 2 * _UNITS + 1) / (4 * _UNITS)
        signed = -size if kind != "positive" and noise % 3 == 0 else size
        free = kind in ("", "real", "positive")
        found[name] = signed if free else coordinate(seed, number, name, kind)
    return found


def residues(seed: int, number: int, names: tuple[str, ...]) -> tuple[int, ...]:
    """Give a random point over GF(`PRIME`)."""
    return tuple(_noise(seed, -1 - number, name) % PRIME for name in names)


def nice_points(names: tuple[str, ...], domain: Domain) -> Iterator[dict[str, Fraction]]:
    """Give points of small numbers, distinct per symbol, that lie in the domain."""
    kinds = dict(domain)
    for turn in range(len(_NICE) if names else 1):
        candidate = {
            name: _NICE[(turn + place) % len(_NICE)] + (place // len(_NICE)) * len(_NICE)
            for place, name in enumerate(names)
        }
        if all(_allowed(value, kinds.get(name, "")) for name, value in candidate.items()):
            yield candidate


def _allowed(value: Fraction, kind: str) -> bool:
    if kind in ("", "real"):
        return True
    if kind in ("positive", "integer"):
        return value > 0 and (kind == "positive" or value.denominator == 1)
    ((low, high),) = _intervals(kind, False)
    return low < value < high
