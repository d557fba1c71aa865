"""At what matrix formulas are compared: sizes of dimensions, layouts of vectors, and random instances."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import Literal

from grader.algebra.matrices.fields import Field, FiniteField, Reals
from grader.algebra.matrices.names import MatrixSymbols, family_of
from grader.algebra.matrices.nodes import Matrix, parts_of
from grader.algebra.matrices.reading import read_matrix
from grader.algebra.matrices.shapes import Star, Universe, resolved
from grader.algebra.matrices.values import Instance
from grader.algebra.unreadable import Unreadable

SIZES = ((3, 4, 5, 6, 7, 8, 9, 10), (5, 3, 7, 4, 9, 6, 10, 8))
"""Sizes of the dimensions in the two rounds."""
SQUARE = "□"
MAX_ROUNDS = 12
REAL_FUNCTIONS = frozenset(
    name + prime
    for name in ("tanh", "sigmoid", "relu", "softmax", "exp", "ln", "sqrt")
    for prime in ("", "'")
)

Layout = Literal["declared", "flipped", "square"]
LAYOUTS: tuple[Layout, ...] = ("declared", "flipped", "square")
"""The shapes as declared, those with rows for columns, and one size for all."""


@lru_cache(maxsize=256)
def universe_of(symbols: MatrixSymbols, layout: Layout) -> Universe:
    """The shapes of all symbols in a layout."""
    shapes = dict((*symbols.shapes, *symbols.families))
    match layout:
        case "flipped":
            return Universe({n: shape[::-1] if "1" in shape else shape for n, shape in shapes.items()})
        case "square":
            return Universe(dict.fromkeys(shapes, (SQUARE, SQUARE)), SQUARE)
    return Universe(shapes)


@lru_cache(maxsize=256)
def definitions_of(symbols: MatrixSymbols, layout: Layout) -> dict[str, tuple[str, Matrix]]:
    """Name → (its letter or "", formula) of what is made of other things. Raises `ValueError` or `ShapeConflict`."""
    found = {}
    families = dict(symbols.families)
    for name, text in symbols.definitions:
        letter = family_of(name).letter if name in families else ""
        try:
            node = read_matrix(text, symbols, python=True)
        except Unreadable as error:
            raise ValueError(f"the definition {text!r} of {name!r} cannot be read: {error}") from error
        star: Star = "elements"
        found[name] = (letter, resolved(node, universe_of(symbols, layout), star)[0])
    return found


@lru_cache(maxsize=64)
def instances(symbols: MatrixSymbols, layout: Layout, reals: bool, seed: int) -> tuple[Instance, ...]:
    """Random instances: for every number of the free indices one, and at least two."""
    letters = [letter for letter, _ in symbols.indices]
    choices = list(product(*(numbers for _, numbers in symbols.indices)))[:MAX_ROUNDS]
    rounds = choices if len(choices) > 1 else choices * len(SIZES)
    return tuple(
        instance(
            symbols,
            layout,
            _numbers(reals, seed, number),
            SIZES[number % 2],
            dict(zip(letters, chosen, strict=True)),
        )
        for number, chosen in enumerate(rounds)
    )


def instance(
    symbols: MatrixSymbols, layout: Layout, numbers: Field, sizes: tuple[int, ...], letters: dict[str, int]
) -> Instance:
    """An instance in which the dimensions have these sizes, in order."""
    named = dict(zip((*symbols.dimensions, SQUARE), (*sizes, *range(11, 64)), strict=False))
    definitions = {} if layout == "square" else definitions_of(symbols, layout)
    return Instance(numbers, named, universe_of(symbols, layout), definitions, letters)


def _numbers(reals: bool, seed: int, number: int) -> Field:
    seed = seed * MAX_ROUNDS + number
    return Reals(seed) if reals else FiniteField(seed)


@lru_cache(maxsize=1024)
def needs_reals(node: Matrix, symbols: MatrixSymbols) -> bool:
    """Whether functions of which everything is known stand in a formula, or in what it may be made of."""
    nodes = [node, *(formula for _, formula in definitions_of(symbols, "declared").values())]
    return any(
        part.operation == "norm" or (part.operation == "apply" and part.value in REAL_FUNCTIONS)
        for tree in nodes
        for part in parts_of(tree)
    )
