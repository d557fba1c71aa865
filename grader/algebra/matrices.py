"""Whether two matrix formulas are equal: shapes first, then random matrices over a finite field.

Every named dimension gets a size of its own, so that a lost transpose or a wrong order cannot hide. An expected
formula may itself be one whose shapes do not fit, since that is what a known mistake looks like: it is then compared
with vectors held the other way (rows for columns), and if that does not help, with square matrices throughout.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Literal

from msgspec import Struct

from grader.algebra.matrix_reading import Matrix, parts_of, read_matrix
from grader.algebra.matrix_shapes import Shape, ShapeConflict, Universe, shape_of, shown
from grader.algebra.matrix_values import Instance, NoValueError, Rows, Value, random_rows, residue, value_of
from grader.algebra.names import Symbols
from grader.algebra.points import PRIME
from grader.algebra.unreadable import Unreadable

SIZES = ((3, 4, 5, 6, 7, 8, 9, 10), (5, 3, 7, 4, 9, 6, 10, 8))
"""Sizes of the dimensions in the two rounds."""

Reason = Literal["shape", "transposed", "factor", "different", "undecided"]


@dataclass(frozen=True)
class MatrixSymbols:
    """What a matrix formula may be made of.

    shapes     pairs (matrix, (rows, columns)) with names of dimensions, "1" for one; a dimension is also a scalar
    aliases    pairs (other name, matrix)
    scalars    further scalars
    functions  names of functions that act on each element and of which nothing is known
    """

    shapes: tuple[tuple[str, tuple[str, str]], ...]
    aliases: tuple[tuple[str, str], ...] = ()
    scalars: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Names of the dimensions, in the order of their first appearance."""
        named = dict.fromkeys(dimension for _, shape in self.shapes for dimension in shape)
        return tuple(name for name in named if name != "1")

    @property
    def symbols(self) -> Symbols:
        """The same for the lexer."""
        names = dict.fromkeys((*(name for name, _ in self.shapes), *self.dimensions, *self.scalars))
        return Symbols(tuple(names), self.aliases, functions=self.functions, matrix=True)


class MatrixDifference(Struct, frozen=True):
    """Why two matrix formulas are not equal.

    "shape" with the `conflict`, or with the two shapes of the results; "transposed"; "factor" with what the answer
    is too large by (`-1`, `N`, `1/N`, `2`); "different"; "undecided" where something is divided by zero.
    """

    reason: Reason
    conflict: ShapeConflict | None = None
    yours: str = ""
    right: str = ""
    factor: str = ""


def compare_matrices(
    expected: str, actual: str, symbols: MatrixSymbols, seed: int = 0
) -> MatrixDifference | None:
    """Compare two matrix formulas; None if they are equal.

    Raises `Unreadable` where `actual`, and `ValueError` where `expected` cannot be read.
    In `expected`, `*` is the product of elements. In an answer on paper it may be either product: the answer is right
    if one of them is. Where nothing else looks like paper (`X * W`), it may be the product of matrices if that fits.
    """
    reference = _reference(expected, symbols, seed)
    node = read_matrix(actual, symbols.symbols)
    found: MatrixDifference | None = None
    for star in _stars(node, symbols):
        difference = reference.difference(node, star)
        if difference is None:
            return None
        if found is None or found.conflict is not None:
            found = difference
    return found


def _stars(node: Matrix, symbols: MatrixSymbols) -> tuple[str, ...]:
    """What `*` may stand for in an answer, the likelier first."""
    operations = {part.operation for part in parts_of(node)}
    if "star" not in operations:
        return ("elements",)
    if operations & {"transpose", "product"}:
        return ("product", "elements")
    for shapes in _layouts(symbols):
        try:
            shape_of(node, Universe(shapes, "product"))
        except ShapeConflict:
            continue
        return ("product", "elements")
    return ("elements",)


def _layouts(symbols: MatrixSymbols) -> tuple[Mapping[str, tuple[str, str]], ...]:
    """The declared shapes, and those with rows for columns."""
    flipped = {name: shape[::-1] if "1" in shape else shape for name, shape in symbols.shapes}
    return dict(symbols.shapes), flipped


@lru_cache(maxsize=256)
def _reference(text: str, symbols: MatrixSymbols, seed: int) -> _Reference:
    try:
        node = read_matrix(text, symbols.symbols, python=True)
    except Unreadable as error:
        raise ValueError(f"the expected formula {text!r} cannot be read: {error}") from error
    square = {name: ("□", "□") for name, _ in symbols.shapes}
    for shapes in (*_layouts(symbols), square):
        try:
            shape = shape_of(node, Universe(shapes))
        except ShapeConflict:
            continue
        return _Reference(node, symbols, shapes, shape, seed)
    return _Reference(node, symbols, None, None, seed)


@dataclass(eq=False)
class _Reference:
    """An expected formula with the shapes in which it makes sense (None: in none), and its values."""

    node: Matrix
    symbols: MatrixSymbols
    shapes: Mapping[str, tuple[str, str]] | None
    shape: Shape
    seed: int
    instances: list[Instance] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.shapes is None:
            return
        for number, sizes in enumerate(SIZES):
            instance = self._instance(self.shapes, number, sizes)
            self.instances.append(instance)
            try:
                self.values.append(value_of(self.node, instance))
            except NoValueError:
                raise ValueError(f"the expected formula {self.node.text!r} divides by zero") from None

    def _instance(
        self, shapes: Mapping[str, tuple[str, str]], number: int, sizes: tuple[int, ...]
    ) -> Instance:
        seed = self.seed * len(SIZES) + number
        named = dict(zip((*self.symbols.dimensions, "□"), _endless(sizes), strict=False)) | {"1": 1}
        matrices = {
            name: random_rows(seed, name, named[height], named[width])
            for name, (height, width) in shapes.items()
        }
        scalars = {name: named[name] for name in self.symbols.dimensions}
        scalars |= {name: residue(seed, name) for name in self.symbols.scalars}
        return Instance(matrices, scalars, seed)

    def difference(self, node: Matrix, star: str) -> MatrixDifference | None:
        """Compare an answer with the expected formula."""
        if self.shapes is None:
            return None if _bare(node) == _bare(self.node) else MatrixDifference("different")
        try:
            shape = shape_of(node, Universe(self.shapes, star))
            values = [value_of(node, self._with(instance, star)) for instance in self.instances]
        except ShapeConflict as conflict:
            return MatrixDifference("shape", conflict)
        except NoValueError:
            return MatrixDifference("undecided")
        flat = node.operation in ("sum", "mean") and node.value == 1
        if values == self.values or (flat and list(map(_transposed, values)) == self.values):
            return None
        if [_transposed(value) for value in values] == self.values:
            return MatrixDifference("transposed", yours=shown(shape), right=shown(self.shape))
        if (shape or ("1", "1")) != (self.shape or ("1", "1")):
            return MatrixDifference("shape", yours=shown(shape), right=shown(self.shape))
        factor = self._factor(values)
        return MatrixDifference("factor", factor=factor) if factor else MatrixDifference("different")

    def _with(self, instance: Instance, star: str) -> Instance:
        return Instance(instance.matrices, instance.scalars, instance.seed, star)

    def _factor(self, values: list[Value]) -> str:
        """Find by what the answer is too large: a sign, a 2, a dimension, or one over these."""
        names = {"2": [2] * len(SIZES)}
        names |= {name: [i.scalars[name] for i in self.instances] for name in self.symbols.dimensions}
        if self._times(values, [-1] * len(SIZES)):
            return "-1"
        for (name, numbers), sign in product(names.items(), (1, -1)):
            minus = "-" if sign < 0 else ""
            if self._times(values, [sign * number for number in numbers]):
                return f"{minus}{name}"
            if self._times(values, [sign * pow(number, -1, PRIME) for number in numbers]):
                return f"{minus}1/{name}"
        return ""

    def _times(self, values: list[Value], factors: list[int]) -> bool:
        pairs = zip(values, self.values, factors, strict=True)
        return all(yours == _scaled(right, factor) for yours, right, factor in pairs)


def _endless(sizes: tuple[int, ...]) -> tuple[int, ...]:
    return (*sizes, *range(11, 64))


def _transposed(value: Value) -> Value:
    return value if isinstance(value, int) else [list(row) for row in zip(*value, strict=True)]


def _scaled(value: Value, factor: int) -> Value:
    if isinstance(value, int):
        return value * factor % PRIME
    rows: Rows = [[entry * factor % PRIME for entry in row] for row in value]
    return rows


def _bare(node: Matrix) -> Matrix:
    """The formula without its places and texts, and with every `*` as Python's."""
    operation = "elements" if node.operation == "star" else node.operation
    return Matrix(operation, tuple(map(_bare, node.parts)), node.value)
