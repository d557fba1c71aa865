"""Values of matrix formulas over the field of 2^61 − 1 elements, with a size of its own for every dimension."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import blake2b
from itertools import chain

from msgspec import Struct

from grader.algebra.matrix_reading import Matrix
from grader.algebra.points import PRIME

Rows = list[list[int]]
Value = Rows | int


class NoValueError(Exception):
    """Something is divided by zero, or a matrix stands where a scalar must."""


class Instance(Struct, frozen=True):
    """A random instance: rows of each matrix, values of the scalars, and what `*` stands for."""

    matrices: Mapping[str, Rows]
    scalars: Mapping[str, int]
    seed: int
    star: str = "elements"


def residue(seed: int, *key: object) -> int:
    """Give a reproducible random element of the field."""
    text = " ".join(map(str, (seed, *key)))
    return int.from_bytes(blake2b(text.encode(), digest_size=12).digest(), "big") % PRIME


def random_rows(seed: int, name: str, height: int, width: int) -> Rows:
    """Give a reproducible random matrix."""
    return [[residue(seed, name, i, j) for j in range(width)] for i in range(height)]


def value_of(node: Matrix, instance: Instance) -> Value:
    """Evaluate a formula whose shapes fit. Raises `NoValueError`."""
    match node.operation:
        case "number":
            return _quotient(node.value.numerator, node.value.denominator)
        case "symbol":
            rows = instance.matrices.get(node.value)
            return instance.scalars[node.value] if rows is None else rows
    first = value_of(node.parts[0], instance)
    match node.operation:
        case "negate":
            return _elements(first, 0, lambda a, _: -a)
        case "transpose":
            return first if isinstance(first, int) else [list(row) for row in zip(*first, strict=True)]
        case "apply":
            return _elements(first, 0, lambda a, _: residue(instance.seed, node.value, a))
        case "sum" | "mean":
            return _summed(first, node.value, mean=node.operation == "mean")
        case "size":
            return 1 if isinstance(first, int) else len(first) if node.value == 0 else len(first[0])
    return _joined(node, first, value_of(node.parts[1], instance), instance.star)


def _joined(node: Matrix, left: Value, right: Value, star: str) -> Value:
    scalar = isinstance(left, int) or isinstance(right, int)
    match node.operation:
        case "add":
            return _elements(left, right, lambda a, b: a + b)
        case "subtract":
            return _elements(left, right, lambda a, b: a - b)
        case "divide":
            return _elements(left, right, _quotient)
        case "outer":
            return [[a * b % PRIME for b in _flat(right)] for a in _flat(left)]
    products = "product" if node.operation == "star" else node.operation
    if not scalar and (node.operation == "product" or (products == "product" and star == "product")):
        assert isinstance(left, list)
        assert isinstance(right, list)
        columns = list(zip(*right, strict=True))
        return [[sum(map(int.__mul__, row, column)) % PRIME for column in columns] for row in left]
    return _elements(left, right, lambda a, b: a * b)


def _flat(value: Value) -> list[int]:
    return [value] if isinstance(value, int) else list(chain.from_iterable(value))


def _quotient(above: int, below: int) -> int:
    if below % PRIME == 0:
        raise NoValueError
    return above * pow(below, -1, PRIME) % PRIME


def _elements(left: Value, right: Value, operation: Callable[[int, int], int]) -> Value:
    """Apply an operation to each element; single rows, single columns and scalars are repeated."""
    if isinstance(left, int) and isinstance(right, int):
        return operation(left, right) % PRIME
    a = [[left]] if isinstance(left, int) else left
    b = [[right]] if isinstance(right, int) else right
    height, width = max(len(a), len(b)), max(len(a[0]), len(b[0]))
    return [
        [operation(a[i % len(a)][j % len(a[0])], b[i % len(b)][j % len(b[0])]) % PRIME for j in range(width)]
        for i in range(height)
    ]


def _summed(value: Value, axis: int | None, *, mean: bool) -> Value:
    if isinstance(value, int):
        return value
    if axis is None:
        total: Value = sum(_flat(value)) % PRIME
        count = len(value) * len(value[0])
    elif axis == 0:
        total, count = [[sum(column) % PRIME for column in zip(*value, strict=True)]], len(value)
    else:
        total, count = [[sum(row) % PRIME] for row in value], len(value[0])
    return _elements(total, count, _quotient) if mean else total
