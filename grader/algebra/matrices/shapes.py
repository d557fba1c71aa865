"""Shapes of matrix formulas by named dimensions, and where they do not fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from grader.algebra.matrices.nodes import Matrix, changed

Shape = tuple[str, str] | None
"""Named dimensions of a matrix ("1" is one); None for a scalar."""
ANY = "?"
"""The dimensions of an identity whose size has not been inferred yet."""

Star = Literal["elements", "product", "fitting"]
"""What `*` stands for: the product of elements, that of matrices, or that which fits, of matrices if both do."""


class ShapeConflict(Exception):  # noqa: N818 - it is data about an answer, no fault of the program
    """Two parts of a formula do not fit together: where, by what they are joined, how written, and their shapes."""

    def __init__(
        self, column: int, joined: str, left: Matrix, left_shape: Shape, right: Matrix, right_shape: Shape
    ) -> None:
        self.column = column
        self.joined = joined
        self.left_text = left.text
        self.left_shape = left_shape
        self.right_text = right.text
        self.right_shape = right_shape
        super().__init__(f"{left.text} {shown(left_shape)}, {right.text} {shown(right_shape)}")


class Universe(Struct, frozen=True):
    """What the symbols are: matrices of these shapes, those of an indexed family alike, or scalars.

    `square` tells that all sizes are one, and that vectors do not stay vectors in sums over an axis.
    """

    shapes: Mapping[str, tuple[str, str]]
    square: str = ""

    def dimension(self, name: str) -> str:
        """The dimension that stands for the one of that name."""
        return self.square or name


def shown(shape: Shape) -> str:
    """Give a shape as text: `n × m`; a scalar's is `1 × 1`."""
    return " × ".join(shape or ("1", "1"))


def resolved(node: Matrix, universe: Universe, star: Star) -> tuple[Matrix, Shape]:
    """Say what each `*` stands for, and infer the shape of the formula. Raises `ShapeConflict`."""
    found = [resolved(part, universe, star) for part in node.parts]
    parts, shapes = tuple(part for part, _ in found), [shape for _, shape in found]
    if any(shape is not None and ANY in shape for shape in shapes):
        parts, shapes = _sized(node, parts, shapes, universe)
    if node.operation == "star":
        product = star == "product" or (star == "fitting" and _fits(*shapes))
        node = replace(node, operation="product" if product else "elements")
    return replace(node, parts=parts) if parts else node, _joined(node, shapes, universe)


def _sized(
    node: Matrix, parts: tuple[Matrix, ...], shapes: list[Shape], universe: Universe
) -> tuple[tuple[Matrix, ...], list[Shape]]:
    """Give identities the size that what they are joined with asks for."""
    if len(shapes) != 2 or shapes[0] is None or shapes[1] is None:
        return parts, shapes
    left, right = shapes[0], shapes[1]
    inner = node.operation == "product"
    pairs = [(left[1], right[0])] if inner else list(zip(left, right, strict=True))
    sizes = (size for pair in pairs if ANY in pair for size in pair if size not in (ANY, "1"))
    size = next(sizes, ANY)
    if size == ANY:
        return parts, shapes
    found = tuple(of_size(part, size) for part in parts)
    return found, [shape_of(part, universe) for part in found]


def of_size(node: Matrix, size: str) -> Matrix:
    """The formula with this size for identities that have none yet."""
    return changed(
        node, lambda here: here if here.operation != "identity" or here.value else replace(here, value=size)
    )


def shape_of(node: Matrix, universe: Universe) -> Shape:
    """Infer the shape of a formula without `*`. Raises `ShapeConflict`."""
    return _joined(node, [shape_of(part, universe) for part in node.parts], universe)


def _fits(left: Shape, right: Shape) -> bool:
    return left is not None and right is not None and left[1] == right[0]


def _joined(node: Matrix, shapes: list[Shape], universe: Universe) -> Shape:
    """The shape of a formula whose parts have these shapes."""
    if not shapes:
        return _leaf(node, universe)
    if len(shapes) == 1:
        return _of_one(node, shapes[0], universe)
    left, right = shapes
    if node.operation == "outer":
        return _outer(node, left, right)
    if left is None or right is None:
        return left or right
    if node.operation == "product":
        if left[1] != right[0]:
            raise _conflict(node, left, right)
        return left[0], right[1]
    return _broadcast(node, left, right)


def _leaf(node: Matrix, universe: Universe) -> Shape:
    match node.operation:
        case "symbol":
            return universe.shapes.get(node.value)
        case "indexed":
            return universe.shapes.get(node.value[0])
        case "ones":
            return universe.dimension(node.value[0]), universe.dimension(node.value[1])
        case "identity":
            size = universe.dimension(node.value) if node.value else ANY
            return size, size
    return None


def _of_one(node: Matrix, shape: Shape, universe: Universe) -> Shape:
    match node.operation:
        case "size" | "trace" | "norm":
            if node.operation == "trace":
                _need_square(node, shape)
            return None
        case "transpose":
            return shape and (shape[1], shape[0])
        case "sum" | "mean":
            return _summed(shape, node.value)
        case "inverse" | "chain":
            _need_square(node, shape)
            return shape
        case "diag":
            return _diagonal(shape)
    return shape


def _need_square(node: Matrix, shape: Shape) -> None:
    if shape is not None and shape[0] != shape[1]:
        raise _conflict(node, shape, shape)


def _diagonal(shape: Shape) -> Shape:
    """A diagonal matrix of a vector; of a matrix its diagonal, as a column."""
    if shape is None:
        return None
    if "1" in shape:
        return _length(shape), _length(shape)
    return shape[0], "1"


def _summed(shape: Shape, axis: int | None) -> Shape:
    if shape is None or axis is None:
        return None
    return ("1", shape[1]) if axis == 0 else (shape[0], "1")


def _broadcast(node: Matrix, left: tuple[str, str], right: tuple[str, str]) -> Shape:
    dimensions = []
    for mine, other in zip(left, right, strict=True):
        if mine != other and "1" not in (mine, other):
            raise _conflict(node, left, right)
        dimensions.append(other if mine == "1" else mine)
    return dimensions[0], dimensions[1]


def _outer(node: Matrix, left: Shape, right: Shape) -> Shape:
    """Give the shape of the outer product, which is for vectors, rows or columns."""
    if left is None or right is None or "1" not in left or "1" not in right:
        raise _conflict(node, left, right)
    return _length(left), _length(right)


def _length(shape: tuple[str, str]) -> str:
    return shape[1] if shape[0] == "1" else shape[0]


def _conflict(node: Matrix, left: Shape, right: Shape) -> ShapeConflict:
    first, last = node.parts[0], node.parts[-1]
    return ShapeConflict(last.column, node.operation, first, left, last, right)
