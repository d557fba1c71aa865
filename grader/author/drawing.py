"""Drawing at random until nothing is hidden: what the ready generators share, and tables for work by hand.

`rng` may be the `random.Random` with which variants are dealt or the `numpy.random.Generator` with which cases are
posed, unless a function says otherwise; the same seed gives the same numbers.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import numpy as np

from grader.author.wording import Matrix

Drawn = TypeVar("Drawn")
TRIES = 10_000


def drawn_until(draw: Callable[[], Drawn], good: Callable[[Drawn], Any]) -> Drawn:
    """Draw again until what is drawn is good. Raises `ValueError` where that does not come about."""
    for _ in range(TRIES):
        drawn = draw()
        if good(drawn):
            return drawn
    raise ValueError(f"in {TRIES} draws nothing was good enough: allow more values, or ask for less")


def all_differ(answers: Iterable[Any]) -> bool:
    """Whether no two answers (numbers, texts, tables, arrays of any shape) are equal.

    Give the right answer and those of the mistakes, so that no variant is dealt in which one passes for another:
    `drawn_until(lambda: table(rng, 2, 2), lambda W: all_differ([right(W), transposed(W)]))`.
    """
    plain = [np.asarray(answer).tolist() for answer in answers]
    return all(plain.count(answer) == 1 for answer in plain)


def table(rng: random.Random, rows: int, columns: int, low: int = -3, high: int = 3) -> Matrix:
    """A `rows` × `columns` table of whole numbers from `low` to `high`, both included, for work by hand."""
    return Matrix(tuple(rng.randrange(low, high + 1) for _ in range(columns)) for _ in range(rows))
