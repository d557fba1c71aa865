"""Sums and products with bounds, and indexed symbols: `Σ_{i=1}^{k} (Π_{j=i+1}^{k} ∂s_j/∂s_{j-1}) ∂s_i/∂W_*`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.algebra.matrices.nodes import Bounds, Index, Matrix, parts_of
from grader.algebra.sizes import MAX_DEPTH

if TYPE_CHECKING:
    from grader.algebra.matrices.reading import MatrixReader

BETWEEN = "ι"
"""The index of the product that a derivative by an earlier state is: no text can hold it as an index."""


def bounded(reader: MatrixReader, column: int) -> Matrix:
    """Read a sum or a product with bounds: in brackets, or with what follows it."""
    name, bounds, style = reader.take().value
    reader.depth += 1
    if reader.depth > MAX_DEPTH:
        raise reader.unreadable("too_deep")
    if style == "call":
        body = reader.sum()
        reader.close(")")
    elif name == "sum":
        body = reader.signed(reader.product)
    else:
        body = reader.signed(lambda: _multiplied(reader, bounds.letter))
    reader.depth -= 1
    return over(reader, name, body, bounds, column)


def over(reader: MatrixReader, name: str, body: Matrix, bounds: Bounds, column: int) -> Matrix:
    """The sum or the product of `body` over `bounds`; factors whose index falls stand in their order."""
    if name == "sum":
        return reader.make("total", column, body, value=bounds)
    indices = (index for part in parts_of(body) if part.operation == "indexed" for index in part.value[1])
    rising = any(dict(index.letters).get(bounds.letter, 0) < 0 for index in indices)
    return reader.make("chain", column, body, value=replace(bounds, rising=rising))


def _multiplied(reader: MatrixReader, letter: str) -> Matrix:
    """What a product without brackets runs over: up to the first factor with other indices than its own."""
    start = reader.token.column
    total = reader.factor()
    while reader.multiplies():
        place, depth, nested = reader.place, reader.depth, reader.nested
        operation = reader.operation()
        factor = reader.signed(reader.factor)
        if not _depends(factor, letter):
            reader.place, reader.depth, reader.nested = place, depth, nested
            break
        total = reader.make(operation, start, total, factor)
        reader.nest()
    return total


def _depends(node: Matrix, letter: str) -> bool:
    """Whether a factor belongs to a product over `letter`: with this index, or with none at all."""
    indices = [index for part in parts_of(node) if part.operation == "indexed" for index in part.value[1]]
    if any(letter in dict(index.letters) for index in indices):
        return True
    return not indices and not any(
        part.operation in ("total", "chain") or (part.operation == "symbol" and "_" in part.value)
        for part in parts_of(node)
    )


def indexed(reader: MatrixReader, value: tuple[str, tuple[Index, ...]], column: int) -> Matrix:
    """An indexed symbol by the indices of its family; a derivative by an earlier one is a product."""
    name, indices = value
    if not reader.families[name].adjacent:
        return reader.make("indexed", column, value=value)
    above, below = indices
    apart = above.plus(below, -1)
    if apart == Index(1):
        return reader.make("indexed", column, value=(name, (above,)))
    if not apart.letters and apart.constant < 0:  # by a later one: nothing that is known
        return reader.make("indexed", column, value=value)
    body = reader.make("indexed", column, value=(name, (Index(0, ((BETWEEN, 1),)),)))
    return reader.make("chain", column, body, value=Bounds(BETWEEN, below.moved(1), above))
