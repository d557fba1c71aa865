"""What students get wrong in matrix formulas, read off the right one: each rule gives the formulas that it leads to.

The list is ours, made from tasks in back-propagation; no study of such mistakes was found. A rule gives a formula for
every place at which it can be made; sums and products with bounds have rules of their own (`matrix_bound_rules`).
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from msgspec.structs import replace

from grader.algebra.matrices.nodes import Matrix, bare, changed, parts_of
from grader.algebra.matrices.places import ONE, TWO, Right, factors, multiplied, negated, scaled, turned


def _sign(right: Right) -> Iterator[Matrix]:
    yield negated(right.node)

    def flipped(node: Matrix) -> Iterator[Matrix]:
        if node.operation == "subtract":
            yield Matrix("subtract", node.parts[::-1])
            yield Matrix("add", node.parts)
        elif node.operation == "add":
            yield Matrix("subtract", node.parts)
        elif node.operation == "negate":
            yield node.parts[0]

    yield from right.each(flipped)


def _factor(right: Right) -> Iterator[Matrix]:
    def lost(node: Matrix) -> Iterator[Matrix]:
        numbers = [part.operation == "number" for part in node.parts]
        if node.operation in ("elements", "product") and any(numbers):
            yield node.parts[1 if numbers[0] else 0]
        elif node.operation == "divide" and numbers[1]:
            yield node.parts[0]
        elif node.operation == "divide" and numbers[0] and node.parts[0] != ONE:
            yield replace(node, parts=(ONE, node.parts[1]))

    def gained(node: Matrix) -> Iterator[Matrix]:
        yield scaled(TWO, node)
        yield Matrix("divide", (node, TWO))

    yield from right.each(lost)
    yield from gained(right.node)
    if right.node.operation in ("add", "subtract"):
        for place in (0, 1):
            for new in gained(right.node.parts[place]):
                parts = list(right.node.parts)
                parts[place] = new
                yield replace(right.node, parts=tuple(parts))


def _averaged(right: Right) -> bool:
    return any(
        part.operation == "mean" or (part.operation == "divide" and right.is_dimension(part.parts[1]))
        for part in parts_of(right.node)
    )


def _dimensions(node: Matrix, right: Right) -> list[str]:
    """Dimensions that are summed over; where there are none, all that occur."""
    named: dict[str, None] = {}
    for part in parts_of(node):
        if part.operation in ("symbol", "indexed"):
            named |= dict.fromkeys(right.shape(part) or ())
    kept = right.shape(node) or ()
    summed = [name for name in named if name not in kept and name.isidentifier()]
    return summed or [name for name in named if name.isidentifier()]


def _divided(node: Matrix, right: Right) -> Iterator[Matrix]:
    for name in _dimensions(node, right):
        yield Matrix("divide", (node, Matrix("symbol", value=name)))


def _mean(right: Right) -> Iterator[Matrix]:
    if not _averaged(right):
        yield from _divided(right.node, right)


def _mean_twice(right: Right) -> Iterator[Matrix]:
    if _averaged(right):
        yield from _divided(right.node, right)


def _sum(right: Right) -> Iterator[Matrix]:
    def summed(node: Matrix) -> Iterator[Matrix]:
        if node.operation == "mean":
            yield replace(node, operation="sum")
        elif node.operation == "divide" and right.is_dimension(node.parts[1]):
            yield node.parts[0]

    yield from right.each(summed)


def _transpose(right: Right) -> Iterator[Matrix]:
    def moved(node: Matrix) -> Iterator[Matrix]:
        if node.operation == "transpose" and node is not right.node:
            yield node.parts[0]
        if node.operation == "product" and right.matrices(node):
            left, other = node.parts
            yield replace(node, parts=(turned(left), other))
            yield replace(node, parts=(left, turned(other)))

    yield from right.each(moved)


def _transpose_moved(right: Right) -> Iterator[Matrix]:
    def moved(node: Matrix) -> Iterator[Matrix]:
        if node.operation == "product" and right.matrices(node):
            yield replace(node, parts=tuple(map(turned, node.parts)))

    yield from right.each(moved)


def _layout(right: Right) -> Iterator[Matrix]:
    if right.shape(right.node) is not None:
        yield turned(right.node)


def _order(right: Right) -> Iterator[Matrix]:
    def swapped(node: Matrix) -> Iterator[Matrix]:
        if node.operation == "product" and right.matrices(node):
            yield replace(node, parts=node.parts[::-1])
            parts = factors(node)
            if len(parts) > 2:
                yield multiplied(parts[::-1])
                for place in range(len(parts) - 1):
                    yield multiplied([*parts[:place], parts[place + 1], parts[place], *parts[place + 2 :]])

    yield from right.each(swapped)


def _product(right: Right) -> Iterator[Matrix]:
    def by_elements(node: Matrix) -> Iterator[Matrix]:
        if node.operation == "product" and right.matrices(node):
            yield replace(node, operation="elements")
            upright = tuple(part.parts[0] if part.operation == "transpose" else part for part in node.parts)
            yield Matrix("elements", upright)

    yield from right.each(by_elements)
    yield changed(right.node, lambda node: next(by_elements(node), node))


def _elements(right: Right) -> Iterator[Matrix]:
    def by_matrices(node: Matrix) -> Iterator[Matrix]:
        if node.operation == "elements" and right.matrices(node):
            yield replace(node, operation="product")
            yield Matrix("product", node.parts[::-1])

    yield from right.each(by_matrices)


def _unsummed(right: Right) -> Iterator[Matrix]:
    def kept(node: Matrix) -> Iterator[Matrix]:
        if node.operation in ("sum", "mean"):
            yield node.parts[0]

    yield from right.each(kept)


def _axis(right: Right) -> Iterator[Matrix]:
    def other(node: Matrix) -> Iterator[Matrix]:
        if node.operation in ("sum", "mean"):
            for axis in {0, 1, None} - {node.value}:
                yield replace(node, value=axis)

    yield from right.each(other)


def _symmetric(right: Right) -> Iterator[Matrix]:
    def doubled(node: Matrix) -> Iterator[Matrix]:
        if node.operation == "add" and node.parts[1] == turned(node.parts[0]):
            yield from (scaled(TWO, part) for part in node.parts)

    bare_right = Right(bare(right.node), right.symbols)
    yield from bare_right.each(doubled)


def _symbol(right: Right) -> Iterator[Matrix]:
    shapes = dict(right.symbols.shapes)

    def other(node: Matrix) -> Iterator[Matrix]:
        if node.operation == "symbol" and node.value in shapes:
            height, width = shapes[node.value]
            for name, shape in right.symbols.shapes:
                if name != node.value and (shape[0] == height or shape[1] == width):
                    yield replace(node, value=name)

    yield from right.each(other)


PLAIN_RULES = MappingProxyType(
    {
        "sign": _sign,
        "factor": _factor,
        "mean": _mean,
        "mean_twice": _mean_twice,
        "sum": _sum,
        "transpose": _transpose,
        "transpose_moved": _transpose_moved,
        "layout": _layout,
        "order": _order,
        "product": _product,
        "elements": _elements,
        "unsummed": _unsummed,
        "axis": _axis,
        "symmetric": _symmetric,
        "symbol": _symbol,
    }
)
