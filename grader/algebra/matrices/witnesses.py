"""Small matrices at which two formulas differ, for a person to check."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from msgspec import Struct

from grader.algebra.matrices.fields import Field, NoValueError, Reals, SmallNumbers
from grader.algebra.matrices.instances import REAL_FUNCTIONS, Layout, instance, needs_reals
from grader.algebra.matrices.names import MatrixSymbols
from grader.algebra.matrices.nodes import Matrix, parts_of
from grader.algebra.matrices.values import Instance, Value, flat, value_of

SMALL = (1, 2, 3, 2, 4, 3, 5, 4)
"""Sizes of the dimensions that are tried, shifted."""
TRIES = 8
SHOWN_ENTRIES = 16
DIGITS = 6


class MatrixWitness(Struct, frozen=True):
    """Where two formulas differ: sizes and small matrices, the first entry that differs, and its two values.

    `entry` is empty for numbers; `yours` and `right` are empty where functions are unknown, so that no number could
    be checked by hand.
    """

    place: str
    entry: str
    yours: str = ""
    right: str = ""


def witness(right: Matrix, yours: Matrix, symbols: MatrixSymbols, layout: Layout) -> MatrixWitness | None:
    """Find small matrices at which the formulas differ; None where there are none among those tried."""
    known = _readable(right, symbols) and _readable(yours, symbols)
    for here in _small(right, yours, symbols, layout, known):
        try:
            mine, other = value_of(yours, here, {}), value_of(right, here, {})
        except NoValueError:
            continue
        place = _first(mine, other, here)
        if place is None:
            continue
        entry = "" if len(flat(other)) == len(flat(mine)) == 1 else f"[{place[0]}, {place[1]}]"
        if not (entry or known):
            return None
        numbers = (_shown(_at(mine, place)), _shown(_at(other, place))) if known else ("", "")
        return MatrixWitness(_place(here, right, yours, known), entry, *numbers)
    return None


def _readable(node: Matrix, symbols: MatrixSymbols) -> bool:
    """Whether a person could work the formula out: no unknown functions, nothing indexed or defined in it."""
    defined = {name for name, _ in symbols.definitions}
    return not any(
        part.operation == "indexed"
        or (part.operation == "apply" and part.value not in REAL_FUNCTIONS)
        or (part.operation == "symbol" and part.value in defined)
        for part in parts_of(node)
    )


def _small(
    right: Matrix, yours: Matrix, symbols: MatrixSymbols, layout: Layout, known: bool
) -> Iterator[Instance]:
    """Instances from small to less small."""
    reals = needs_reals(right, symbols) or needs_reals(yours, symbols) or not known
    letters = [letter for letter, _ in symbols.indices]
    choices = list(product(*(numbers for _, numbers in symbols.indices)))
    for turn in range(TRIES):
        numbers: Field = Reals(turn) if reals else SmallNumbers(turn)
        sizes = tuple(SMALL[(place + turn) % len(SMALL)] for place in range(len(SMALL)))
        chosen = choices[min(turn, len(choices) - 1)]
        yield instance(symbols, layout, numbers, sizes, dict(zip(letters, chosen, strict=True)))


def _first(mine: Value, other: Value, here: Instance) -> tuple[int, int] | None:
    """Where the values differ first."""
    for place in _places(mine, other):
        a, b = _at(mine, place), _at(other, place)
        if not here.numbers.same(a, b, max(abs(a), abs(b))):
            return place
    return None


def _places(mine: Value, other: Value) -> Iterator[tuple[int, int]]:
    shapes = [(len(value), len(value[0])) if isinstance(value, list) else (1, 1) for value in (mine, other)]
    height, width = map(min, zip(*shapes, strict=True))
    return iter(product(range(height), range(width)))


def _at(value: Value, place: tuple[int, int]) -> Any:
    return value[place[0]][place[1]] if isinstance(value, list) else value


def _place(here: Instance, right: Matrix, yours: Matrix, known: bool) -> str:
    """Sizes and free indices, and the matrices where they are few and small."""
    sizes = [f"{name} = {size}" for name, size in here.letters.items()]
    used = {part.value for tree in (right, yours) for part in parts_of(tree) if part.operation == "symbol"}
    shapes = {name: shape for name, shape in here.universe.shapes.items() if name in used}
    named = dict.fromkeys(dimension for shape in shapes.values() for dimension in shape if dimension != "1")
    sizes += [f"{name} = {here.size(name)}" for name in named if name.isidentifier()]
    values = {name: here.symbol(name, ()) for name in sorted(used) if name not in here.sizes}
    entries = sum(len(value) * len(value[0]) if isinstance(value, list) else 1 for value in values.values())
    if not known or entries > SHOWN_ENTRIES:
        return ", ".join(sizes)
    return ", ".join(f"{name} = {_written(value)}" for name, value in values.items())


def _written(value: Value) -> str:
    if not isinstance(value, list):
        return _shown(value)
    return "[" + ", ".join("[" + ", ".join(map(_shown, row)) + "]" for row in value) + "]"


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, (int, Fraction)) else f"{float(value):.{DIGITS}g}"
