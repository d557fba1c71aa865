"""Values of matrix formulas: random matrices, with a size of its own for every dimension."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from grader.algebra.matrices.fields import Field, NoValueError
from grader.algebra.matrices.nodes import Matrix
from grader.algebra.matrices.shapes import Universe, shape_of

Rows = list[list[Any]]
Value = Any
"""Rows of a matrix, or a number of the field."""

MAX_WORK = 60_000
"""Multiplications for one value: sums and products of sums and products could otherwise take long."""
DRAW, TERM = 5, 50
"""What drawing an entry, and a term of a sum or a factor of a product, take, in multiplications."""
MAX_TERMS = 32
MAX_RECURSION = 40


@dataclass
class Instance:
    """A random instance.

    sizes        dimension → size
    universe     shapes of the symbols
    definitions  name → (its letter or "", formula) of what is made of other things
    letters      free index → number
    """

    numbers: Field
    sizes: Mapping[str, int]
    universe: Universe
    definitions: Mapping[str, tuple[str, Matrix]] = field(default_factory=dict)
    letters: Mapping[str, int] = field(default_factory=dict)
    known: dict[tuple[str, tuple[int, ...]], Value] = field(default_factory=dict)
    work: int = 0
    depth: int = 0

    def size(self, dimension: str) -> int:
        """The size of a dimension."""
        return 1 if dimension == "1" else self.sizes[self.universe.dimension(dimension)]

    def symbol(self, name: str, indices: tuple[int, ...]) -> Value:
        """The value of a symbol, drawn or worked out once. Raises `NoValueError`."""
        key = (name, indices)
        if key not in self.known:
            self.known[key] = self._found(name, indices)
        return self.known[key]

    def _found(self, name: str, indices: tuple[int, ...]) -> Value:
        if not indices and name in self.letters:
            return self.letters[name]
        literal = f"{name.partition('_')[0]}_{indices[0]}" if len(indices) == 1 else ""
        if literal in self.universe.shapes:
            return self.symbol(literal, ())
        definition = self.definitions.get(name)
        if definition is not None and len(indices) < 2:
            return self._defined(definition, indices)
        shape = self.universe.shapes.get(name)
        if shape is None:
            if name in self.sizes:
                return self.sizes[name]
            return self.numbers.random(name, *indices)
        height, width = map(self.size, shape)
        draw = self.numbers.random
        self.spend(DRAW * height * width)
        return [[draw(name, *indices, i, j) for j in range(width)] for i in range(height)]

    def _defined(self, definition: tuple[str, Matrix], indices: tuple[int, ...]) -> Value:
        letter, node = definition
        self.depth += 1
        if self.depth > MAX_RECURSION:
            raise NoValueError
        value = value_of(node, self, {letter: indices[0]} if letter else {})
        self.depth -= 1
        return value

    def spend(self, work: int) -> None:
        """Count multiplications. Raises `NoValueError` when there are too many."""
        self.work += work * self.numbers.cost
        if self.work > MAX_WORK:
            raise NoValueError


def value_of(node: Matrix, instance: Instance, bound: Mapping[str, int]) -> Value:
    """Evaluate a formula without `*` whose shapes fit; `bound` are indices. Raises `NoValueError`."""
    match node.operation:
        case "total" | "chain":
            return _bounded(node, instance, bound)
        case "number" | "symbol" | "indexed" | "ones" | "identity":
            return _leaf(node, instance, bound)
    first = value_of(node.parts[0], instance, bound)
    if len(node.parts) == 1:
        return _of_one(node, first, instance)
    return _of_two(node, first, value_of(node.parts[1], instance, bound), instance)


def _leaf(node: Matrix, instance: Instance, bound: Mapping[str, int]) -> Value:
    one, zero = 1, 0
    match node.operation:
        case "number":
            return instance.numbers.number(node.value)
        case "symbol":
            return bound[node.value] if node.value in bound else instance.symbol(node.value, ())
        case "indexed":
            name, indices = node.value
            letters = {**instance.letters, **bound}
            try:
                return instance.symbol(name, tuple(index.at(letters) for index in indices))
            except KeyError:
                raise NoValueError from None
        case "ones":
            height, width = map(instance.size, node.value)
            return [[one] * width for _ in range(height)]
    if not node.value:
        raise NoValueError
    size = instance.size(node.value)
    return [[one if i == j else zero for j in range(size)] for i in range(size)]


def _bounded(node: Matrix, instance: Instance, bound: Mapping[str, int]) -> Value:
    bounds, letters = node.value, {**instance.letters, **bound}
    try:
        lower, upper = bounds.lower.at(letters), bounds.upper.at(letters)
    except KeyError:
        raise NoValueError from None
    if upper - lower >= MAX_TERMS:
        raise NoValueError
    instance.spend(TERM * max(upper - lower + 1, 0))
    values = [
        value_of(node.parts[0], instance, {**bound, bounds.letter: number})
        for number in range(lower, upper + 1)
    ]
    if not values:
        return _empty(node, instance)
    if node.operation == "chain" and not bounds.rising:
        values.reverse()
    total = values[0]
    for value in values[1:]:
        if node.operation == "total":
            total = _elements(total, value, lambda a, b: a + b, instance)
        else:
            total = _product(total, value, instance)
    return total


def _empty(node: Matrix, instance: Instance) -> Value:
    """Zeros for a sum over nothing, an identity for a product."""
    shape = shape_of(node.parts[0], instance.universe)
    chained = node.operation == "chain"
    if shape is None:
        return int(chained)
    height, width = map(instance.size, shape)
    return [[int(chained and i == j) for j in range(width)] for i in range(height)]


def _of_one(node: Matrix, value: Value, instance: Instance) -> Value:
    scalar, numbers = not isinstance(value, list), instance.numbers
    match node.operation:
        case "negate":
            return _elements(value, 0, lambda a, _: -a, instance)
        case "transpose":
            return value if scalar else transposed(value)
        case "sum" | "mean":
            return _summed(value, node.value, instance, mean=node.operation == "mean")
        case "size":
            return 1 if scalar else len(value) if node.value == 0 else len(value[0])
        case "trace":
            return value if scalar else numbers.normal(sum(row[i] for i, row in enumerate(value)))
        case "norm":
            return numbers.apply("sqrt", numbers.normal(sum(entry * entry for entry in flat(value))))
        case "diag":
            return _diagonal(value)
        case "inverse":
            return _inverse([[value]], instance)[0][0] if scalar else _inverse(value, instance)
    if node.value == "softmax":
        return _softmax(value, instance)
    return _elements(value, 0, lambda a, _: numbers.apply(node.value, a), instance)


def _of_two(node: Matrix, left: Value, right: Value, instance: Instance) -> Value:
    match node.operation:
        case "add":
            return _elements(left, right, lambda a, b: a + b, instance)
        case "subtract":
            return _elements(left, right, lambda a, b: a - b, instance)
        case "divide":
            return _elements(left, right, instance.numbers.quotient, instance)
        case "outer":
            return [[instance.numbers.normal(a * b) for b in flat(right)] for a in flat(left)]
        case "product" if isinstance(left, list) and isinstance(right, list):
            return _product(left, right, instance)
    return _elements(left, right, lambda a, b: a * b, instance)


def _product(left: Value, right: Value, instance: Instance) -> Value:
    if not isinstance(left, list) or not isinstance(right, list):
        return _elements(left, right, lambda a, b: a * b, instance)
    if len(left[0]) != len(right):
        raise NoValueError
    instance.spend(len(left) * len(right) * len(right[0]))
    normal, columns = instance.numbers.normal, transposed(right)
    return [
        [normal(sum(a * b for a, b in zip(row, column, strict=True))) for column in columns] for row in left
    ]


def transposed(value: Value) -> Value:
    """The transpose; a number as it is."""
    return [list(row) for row in zip(*value, strict=True)] if isinstance(value, list) else value


def flat(value: Value) -> list[Any]:
    """All entries, row by row."""
    return list(chain.from_iterable(value)) if isinstance(value, list) else [value]


def _elements(left: Value, right: Value, operation: Callable[[Any, Any], Any], instance: Instance) -> Value:
    """Apply an operation to each element; single rows, single columns and scalars are repeated."""
    normal = instance.numbers.normal
    if not isinstance(left, list) and not isinstance(right, list):
        return normal(operation(left, right))
    a = left if isinstance(left, list) else [[left]]
    b = right if isinstance(right, list) else [[right]]
    height, width = max(len(a), len(b)), max(len(a[0]), len(b[0]))
    instance.spend(height * width)
    return [
        [normal(operation(a[i % len(a)][j % len(a[0])], b[i % len(b)][j % len(b[0])])) for j in range(width)]
        for i in range(height)
    ]


def _summed(value: Value, axis: int | None, instance: Instance, *, mean: bool) -> Value:
    if not isinstance(value, list):
        return value
    normal = instance.numbers.normal
    if axis is None:
        total: Value = normal(sum(flat(value)))
        count = len(value) * len(value[0])
    elif axis == 0:
        total, count = [[normal(sum(column)) for column in zip(*value, strict=True)]], len(value)
    else:
        total, count = [[normal(sum(row))] for row in value], len(value[0])
    return _elements(total, count, instance.numbers.quotient, instance) if mean else total


def _softmax(value: Value, instance: Instance) -> Value:
    """Softmax along the rows; of a column, along the column."""
    if isinstance(value, list) and len(value[0]) == 1:
        return transposed(_softmax(transposed(value), instance))
    powers = _elements(value, 0, lambda a, _: instance.numbers.apply("exp", a), instance)
    return _elements(powers, _summed(powers, 1, instance, mean=False), instance.numbers.quotient, instance)


def _diagonal(value: Value) -> Value:
    if not isinstance(value, list):
        return value
    if 1 in (len(value), len(value[0])):
        entries = flat(value)
        return [[entry if i == j else 0 for j in range(len(entries))] for i, entry in enumerate(entries)]
    return [[value[i][i]] for i in range(min(len(value), len(value[0])))]


def _inverse(rows: Rows, instance: Instance) -> Rows:
    """Gauss and Jordan's inverse. Raises `NoValueError` for a singular matrix."""
    size, numbers = len(rows), instance.numbers
    instance.spend(2 * size**3)
    wide = [[*row, *(int(i == j) for j in range(size))] for i, row in enumerate(rows)]
    for place in range(size):
        pivot = max(range(place, size), key=lambda i: abs(wide[i][place]))
        wide[place], wide[pivot] = wide[pivot], wide[place]
        wide[place] = [numbers.quotient(entry, wide[place][place]) for entry in wide[place]]
        for i in range(size):
            if i != place:
                factor = wide[i][place]
                wide[i] = [numbers.normal(a - factor * b) for a, b in zip(wide[i], wide[place], strict=True)]
    return [row[size:] for row in wide]
