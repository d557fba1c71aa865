"""A right formula whose parts can be replaced one by one, and the parts of which mistakes are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from msgspec.structs import replace

from grader.algebra.matrices.instances import LAYOUTS, Layout, universe_of
from grader.algebra.matrices.names import MatrixSymbols
from grader.algebra.matrices.nodes import Matrix
from grader.algebra.matrices.shapes import Shape, ShapeConflict, shape_of

TWO = Matrix("number", value=Fraction(2))
ONE = Matrix("number", value=Fraction(1))


@dataclass(frozen=True)
class Right:
    """The right formula, or what another rule has made of it, and what it is made of."""

    node: Matrix
    symbols: MatrixSymbols

    def shape(self, node: Matrix) -> Shape:
        """The shape of a part; None for a scalar, and where it has none."""
        try:
            return shape_of(node, universe_of(self.symbols, self.layout))
        except ShapeConflict:
            return None

    @cached_property
    def layout(self) -> Layout:
        """The first layout in which the formula fits."""
        for layout in LAYOUTS:
            try:
                shape_of(self.node, universe_of(self.symbols, layout))
            except ShapeConflict:
                continue
            return layout
        return "square"

    def matrices(self, node: Matrix) -> bool:
        """Whether a product joins two matrices, none of them a scalar."""
        return all(self.shape(part) is not None for part in node.parts)

    def each(self, alternatives: Callable[[Matrix], Iterable[Matrix]]) -> Iterator[Matrix]:
        """The formula with one of its parts replaced, for each part and each of its alternatives."""
        return _each(self.node, alternatives)

    def is_dimension(self, node: Matrix) -> bool:
        """Whether a part is the size of a dimension, perhaps with a number."""
        if node.operation == "size":
            return True
        if node.operation == "symbol":
            return node.value in self.symbols.dimensions
        return node.operation in ("elements", "product") and any(map(self.is_dimension, node.parts))


Rule = Callable[[Right], Iterator[Matrix]]


def _each(node: Matrix, alternatives: Callable[[Matrix], Iterable[Matrix]]) -> Iterator[Matrix]:
    yield from alternatives(node)
    for place, part in enumerate(node.parts):
        for new in _each(part, alternatives):
            yield replace(node, parts=(*node.parts[:place], new, *node.parts[place + 1 :]))


def negated(node: Matrix) -> Matrix:
    """The formula with the other sign."""
    return node.parts[0] if node.operation == "negate" else Matrix("negate", (node,))


def turned(node: Matrix) -> Matrix:
    """The transpose."""
    return node.parts[0] if node.operation == "transpose" else Matrix("transpose", (node,))


def scaled(factor: Matrix, node: Matrix) -> Matrix:
    """The formula times a number."""
    return Matrix("elements", (factor, node))


def factors(node: Matrix) -> list[Matrix]:
    """The factors of a product of matrices, from left to right."""
    if node.operation != "product":
        return [node]
    return [*factors(node.parts[0]), *factors(node.parts[1])]


def multiplied(parts: list[Matrix]) -> Matrix:
    """The product of matrices in this order."""
    total = parts[0]
    for part in parts[1:]:
        total = Matrix("product", (total, part))
    return total
