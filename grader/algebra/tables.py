"""Matrices that are written out, worked out into one matrix or one expression."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from grader.algebra.building import add, divide, multiply, negate
from grader.algebra.nodes import (
    ONE,
    ZERO,
    Call,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Table,
    rebuilt,
    subtrees,
)
from grader.algebra.sizes import MAX_MATRIX_POWER

MAX_SIZE = 5
"""Rows of a matrix whose determinant or inverse is worked out."""
MAX_NODES = 2000

Rows = Sequence[Sequence[Node]]


class ShapeError(Exception):
    """These matrices cannot be added, multiplied, raised to a power or inverted."""


def has_table(node: Node) -> bool:
    """Tell whether a matrix is written out in `node`."""
    return any(type(part) is Table for part in subtrees(node))


@lru_cache(maxsize=256)
def table_of(node: Node) -> Node:
    """Work out every operation on matrices. Raises `ShapeError`, also where it would become too long."""
    if not has_table(node):
        return node
    node = rebuilt(node, table_of)
    match node:
        case Negative(body=Table(rows=rows)):
            result: Node = _each(rows, negate)
        case Sum(terms=terms):
            result = _added(terms)
        case Product(factors=factors):
            result = _multiplied(factors)
        case Quotient(numerator=Table(rows=rows), denominator=below) if not isinstance(below, Table):
            result = _each(rows, lambda entry: divide(entry, below))
        case Power(base=Table(rows=rows), exponent=exponent):
            result = _power(rows, exponent)
        case Call(function=function, arguments=(Table(rows=rows),)):
            result = _called(function, rows)
        case Table():
            result = node
        case _ if any(isinstance(child, Table) for child in node.children):
            raise ShapeError
        case _:
            result = node
    return _bounded(result)


def _each(rows: Rows, change: object) -> Table:
    assert callable(change)
    return Table(tuple(tuple(change(entry) for entry in row) for row in rows))


def _added(terms: Sequence[Node]) -> Node:
    bodies = [term.body if isinstance(term, Negative) else term for term in terms]
    if not all(isinstance(body, Table) for body in bodies):
        raise ShapeError
    total = _rows(terms[0])
    for term in terms[1:]:
        rows = _rows(term)
        if (len(rows), len(rows[0])) != (len(total), len(total[0])):
            raise ShapeError
        total = [[add(pair) for pair in zip(*pairs, strict=True)] for pairs in zip(total, rows, strict=True)]
    return Table(tuple(map(tuple, total)))


def _rows(term: Node) -> Rows:
    if isinstance(term, Table):
        return term.rows
    assert isinstance(term, Negative)
    assert isinstance(term.body, Table)
    return _each(term.body.rows, negate).rows


def _multiplied(factors: Sequence[Node]) -> Node:
    scalars = [factor for factor in factors if not isinstance(factor, Table)]
    tables = [factor.rows for factor in factors if isinstance(factor, Table)]
    if not tables:
        return multiply(factors)
    product: Rows = tables[0]
    for rows in tables[1:]:
        product = _product(product, rows)
    return _each(product, lambda entry: multiply((*scalars, entry)))


def _product(left: Rows, right: Rows) -> Rows:
    if len(left[0]) != len(right):
        raise ShapeError
    columns = list(zip(*right, strict=True))
    product = [
        [add(multiply(pair) for pair in zip(row, column, strict=True)) for column in columns] for row in left
    ]
    _bounded(Table(tuple(map(tuple, product))))
    return product


def _bounded(node: Node) -> Node:
    if sum(1 for _ in islice(subtrees(node), MAX_NODES + 1)) > MAX_NODES:
        raise ShapeError
    return node


def _power(rows: Rows, exponent: Node) -> Node:
    inverse = isinstance(exponent, Negative)
    body = exponent.body if isinstance(exponent, Negative) else exponent
    if not isinstance(body, Number) or body.value.denominator != 1 or not 1 <= body.value <= MAX_MATRIX_POWER:
        raise ShapeError
    base = _inverse(rows) if inverse else rows
    power = base
    for _ in range(int(body.value) - 1):
        power = _product(power, base)
    return Table(tuple(map(tuple, power)))


def _called(function: str, rows: Rows) -> Node:
    match function:
        case "transpose":
            return Table(tuple(zip(*rows, strict=True)))
        case "conjugate":
            return _each(rows, lambda entry: Call("conjugate", (entry,)))
        case "det":
            return _determinant(rows)
        case "trace" if len(rows) == len(rows[0]):
            return add(row[place] for place, row in enumerate(rows))
        case "adjugate":
            return Table(tuple(map(tuple, _adjugate(rows))))
    raise ShapeError


def _determinant(rows: Rows) -> Node:
    """Expand along the first row (Laplace)."""
    if len(rows) != len(rows[0]) or len(rows) > MAX_SIZE:
        raise ShapeError
    if len(rows) == 1:
        return rows[0][0]
    terms = (multiply((entry, _determinant(_minor(rows, 0, column)))) for column, entry in enumerate(rows[0]))
    return add(negate(term) if column % 2 else term for column, term in enumerate(terms))


def _minor(rows: Rows, row: int, column: int) -> Rows:
    return [[*line[:column], *line[column + 1 :]] for place, line in enumerate(rows) if place != row]


def _adjugate(rows: Rows) -> Rows:
    size = len(rows)
    if size == 1:
        return [[ONE]]
    if size != len(rows[0]) or size > MAX_SIZE:
        raise ShapeError
    minors = [[_determinant(_minor(rows, row, column)) for row in range(size)] for column in range(size)]
    return [
        [negate(entry) if (row + column) % 2 else entry for column, entry in enumerate(line)]
        for row, line in enumerate(minors)
    ]


def _inverse(rows: Rows) -> Rows:
    below = _determinant(rows)
    if below == ZERO:
        raise ShapeError
    return [[divide(entry, below) for entry in line] for line in _adjugate(rows)]
