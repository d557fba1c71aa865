"""Shapes of matrix formulas by named dimensions, and where they do not fit."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from grader.algebra.matrix_reading import Matrix

Shape = tuple[str, str] | None
"""Named dimensions of a matrix ("1" is one); None for a scalar."""


class ShapeConflict(Exception):  # noqa: N818 - it is data about an answer, no fault of the program
    """Two parts of a formula do not fit together: where, how they were written, and their shapes."""

    def __init__(
        self, column: int, left: Matrix, left_shape: Shape, right: Matrix, right_shape: Shape
    ) -> None:
        self.column = column
        self.left_text = left.text
        self.left_shape = left_shape
        self.right_text = right.text
        self.right_shape = right_shape
        super().__init__(f"{left.text} {shown(left_shape)}, {right.text} {shown(right_shape)}")


class Universe(Struct, frozen=True):
    """What the symbols are: matrices of these shapes, or scalars. `star` is the product that `*` stands for."""

    shapes: Mapping[str, tuple[str, str]]
    star: str = "elements"


def shown(shape: Shape) -> str:
    """Give a shape as text: `n × m`; a scalar's is `1 × 1`."""
    return " × ".join(shape or ("1", "1"))


def shape_of(node: Matrix, universe: Universe) -> Shape:
    """Infer the shape of a formula. Raises `ShapeConflict`."""
    match node.operation:
        case "number" | "size":
            return None
        case "symbol":
            return universe.shapes.get(node.value)
        case "negate" | "apply":
            return shape_of(node.parts[0], universe)
        case "transpose":
            inner = shape_of(node.parts[0], universe)
            return inner and (inner[1], inner[0])
        case "sum" | "mean":
            return _summed(shape_of(node.parts[0], universe), node.value)
    left, right = (shape_of(part, universe) for part in node.parts)
    operation = node.operation
    if operation == "outer":
        return _outer(node, left, right)
    if left is None or right is None:
        return left or right
    if operation == "product" or (operation == "star" and universe.star == "product"):
        if left[1] != right[0]:
            raise ShapeConflict(node.parts[1].column, node.parts[0], left, node.parts[1], right)
        return left[0], right[1]
    return _broadcast(node, left, right)


def _summed(shape: Shape, axis: int | None) -> Shape:
    if shape is None or axis is None:
        return None
    return ("1", shape[1]) if axis == 0 else (shape[0], "1")


def _broadcast(node: Matrix, left: tuple[str, str], right: tuple[str, str]) -> Shape:
    dimensions = []
    for mine, other in zip(left, right, strict=True):
        if mine != other and "1" not in (mine, other):
            raise ShapeConflict(node.parts[1].column, node.parts[0], left, node.parts[1], right)
        dimensions.append(other if mine == "1" else mine)
    return dimensions[0], dimensions[1]


def _outer(node: Matrix, left: Shape, right: Shape) -> Shape:
    """Give the shape of the outer product, which is for vectors, rows or columns."""
    if left is None or right is None or "1" not in left or "1" not in right:
        raise ShapeConflict(node.parts[1].column, node.parts[0], left, node.parts[1], right)
    return _length(left), _length(right)


def _length(shape: tuple[str, str]) -> str:
    return shape[1] if shape[0] == "1" else shape[0]
