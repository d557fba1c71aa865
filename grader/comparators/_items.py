"""Answers as lists of formulas: what comparators that are built on `Formula` or `Value` look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from grader.algebra.comparison.equality import Equal, Undecided, compare
from grader.algebra.comparison.points import Domain
from grader.algebra.differentiation.outer import NoRuleError
from grader.algebra.nodes import Node, number
from grader.algebra.replacing import replaced
from grader.algebra.unreadable import Unreadable
from grader.comparators._typed import SHOWN, expected_in, number_in, seed_of, unreadable, wrong_type
from grader.comparators.formula import Formula, expected_formula, meanings_of, typed_formula, with_meanings
from grader.comparators.value import FLOAT_SLACK, NotNumericError, Numbers, Value, numbers
from grader.model.comparing import Comparator
from grader.model.verdict import Difference

MAX_ITEMS = 64
_COMMA = re.compile(r"(?<=\d),(?=\d)")
ROUND = 10**6
"""A float that Python has computed is taken for the simplest fraction with a denominator up to this."""


@dataclass(frozen=True)
class Items:
    """The formulas of an answer, in order; `several` tells a list of one from a single one."""

    trees: tuple[Node, ...]
    several: bool


class NoItemsError(Exception):
    """An answer has no such formulas; `difference` says why."""

    def __init__(self, difference: Difference) -> None:
        super().__init__(difference.kind)
        self.difference = difference


def base_of(compare: Any) -> Formula | Value | None:
    """The comparator on which `compare` is built."""
    while not isinstance(compare, (Formula, Value)):
        compare = getattr(compare, "compare", None)
        if compare is None:
            return None
    return compare


def sides(compare: Any, expected: Any, actual: Any) -> tuple[Items, Items, int]:
    """What is expected, what was answered, and the seed for comparing them.

    Raises `NoItemsError` for an answer that is none, `ValueError` for an `expected` that cannot be read.
    """
    wanted = expected_in(expected)
    base = base_of(compare)
    seed = seed_of(str(wanted))
    if isinstance(base, Value):
        right = numbers(wanted)
        yours = _numbers(actual)
        if right.shape != yours.shape and len(right.items) != len(yours.items):
            raise NoItemsError(Difference("shape", "", str(right.shape), str(yours.shape)))
        return _exact(right), _exact(yours), seed
    assert base is not None, "checked when the comparator was made"
    several = isinstance(wanted, (list, tuple))
    known, pairs = base.known, base.meanings
    if isinstance(wanted, str):
        wanted, more = with_meanings(str(wanted))
        pairs = (*more, *pairs)
    trees = tuple(
        number(value) if (value := number_in(item)) is not None else expected_formula(str(item), known)
        for item in (wanted if several else [wanted])
    )
    items = _typed(base, actual, several)
    known_meanings = meanings_of(pairs, known)
    trees = tuple(replaced(tree, known_meanings) for tree in trees)
    items = Items(tuple(replaced(tree, known_meanings) for tree in items.trees), several)
    if len(items.trees) != len(trees):
        raise NoItemsError(Difference("count", "", str(len(trees)), str(len(items.trees))))
    return Items(trees, several), items, seed


def _numbers(actual: Any) -> Numbers:
    try:
        return numbers(actual)
    except NotNumericError as error:
        raise NoItemsError(error.difference) from None


def _exact(given: Numbers) -> Items:
    simple = (
        _simplest(Fraction(item)) if computed else item
        for item, computed in zip(given.items, given.computed, strict=True)
    )
    return Items(tuple(map(number, simple)), bool(given.shape))


def _simplest(value: Fraction) -> Fraction:
    near = value.limit_denominator(ROUND)
    return near if abs(near - value) <= FLOAT_SLACK * abs(value) else value


def _typed(base: Formula, actual: Any, several: bool) -> Items:
    if isinstance(actual, np.ndarray):
        actual = actual.tolist()
    if isinstance(actual, str):
        parts: list[Any] = list(split(str(actual))) if several else [actual]
    elif isinstance(actual, (list, tuple)) and several:
        parts = list(actual)
    else:
        parts = [actual]
    if len(parts) > MAX_ITEMS:
        raise NoItemsError(Difference("count", "", "", str(len(parts))))
    return Items(tuple(_tree(base, part) for part in parts), several)


def _tree(base: Formula, part: Any) -> Node:
    value = number_in(part)
    if value is not None:
        return number(value)
    if not isinstance(part, str):
        raise NoItemsError(wrong_type(part))
    try:
        return typed_formula(str(part), base.known)
    except Unreadable as error:
        raise NoItemsError(unreadable(str(part), error)) from None


def split(text: str) -> Iterator[str]:
    """The items of a list that is typed as `a, b; c`, in brackets or without."""
    inner = text.strip()
    if inner[:1] in ("(", "[", "{") and _closes(inner) == len(inner) - 1:
        inner = inner[1:-1]
    depth = 0
    places: list[int] = []
    for place, sign in enumerate(inner):
        depth += (sign in "([{") - (sign in ")]}")
        if sign in ",;" and depth == 0:
            places.append(place)
    if any(inner[place] == ";" for place in places):
        places = [place for place in places if not _COMMA.match(inner, place)]  # `0,5; 1` are two numbers
    for start, end in pairwise((-1, *places, len(inner))):
        yield inner[start + 1 : end]


def _closes(text: str) -> int:
    """Where the first bracket closes."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 0:
            return place
    return -1


def trees_of(compare: Any, actual: Any) -> tuple[Node, ...] | None:
    """The formulas of an answer; None where it cannot be read, or is no formula."""
    base = base_of(compare)
    if not isinstance(base, Formula):
        return None
    try:
        return _typed(base, actual, several=isinstance(actual, (list, tuple))).trees
    except NoItemsError:
        return None


class UndecidedError(Exception):
    """Neither equality nor difference was found."""


def equal(left: Node, right: Node, domain: Domain, seed: int) -> bool:
    """Whether two formulas are equal. Raises `UndecidedError`."""
    verdict = compare(left, right, domain=domain, seed=seed, explain=False)
    if isinstance(verdict, Undecided):
        raise UndecidedError(verdict.reason)
    return isinstance(verdict, Equal)


@dataclass(frozen=True)
class Relaxed:
    """A comparator that is built on a `Formula` or a `Value` and accepts more."""

    compare: Comparator

    def __post_init__(self) -> None:
        if base_of(self.compare) is None:
            raise ValueError(f"is built on Formula or Value, not on {self.compare!r}")

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give None where the answer is what is expected, or as good. Raises `ValueError` for a faulty `expected`."""
        try:
            right, yours, seed = sides(self.compare, expected, actual)
            detail = self.unlike(right.trees, yours.trees, seed)
        except NoItemsError as error:
            return error.difference
        except NoRuleError:
            same = right.trees == yours.trees
            return (
                None
                if same
                else Difference("undecided", "", "", str(actual)[:SHOWN], {"reason": "undefined"})
            )
        except UndecidedError as error:
            return Difference("undecided", "", "", str(actual)[:SHOWN], {"reason": str(error)})
        return None if detail is None else Difference("formula", "", "", str(actual)[:SHOWN], detail)

    def unlike(self, right: tuple[Node, ...], yours: tuple[Node, ...], seed: int) -> dict[str, str] | None:
        """None where equally many formulas are as good as those expected; else details. Raises `UndecidedError`."""
        raise NotImplementedError

    def same(self, right: Node, yours: Node, seed: int) -> bool:
        """Whether two formulas are equal where the symbols live. Raises `UndecidedError`."""
        base = base_of(self.compare)
        domain = tuple(base.domain) if isinstance(base, Formula) else ()
        return equal(right, yours, domain, seed)

    def read(self, actual: Any) -> Any:
        """What a later oracle is fed with: what `compare` makes of the answer."""
        read = getattr(self.compare, "read", None)
        return None if read is None else read(actual)
