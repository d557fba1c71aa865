"""Expressions that begin with a sign of their own: brackets, bars, fractions, roots, binomials, overlines, tables."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader.algebra.nodes import ONE, Call, Node, Number, Quotient, Sum, Table, product_of
from grader.algebra.reader.cases import cases
from grader.algebra.reader.latex_signs import BEGIN_CASES, BEGIN_DET, END_CASES, END_DET, END_TABLE
from grader.algebra.reader.nouns import big, tabled
from grader.algebra.reader.powers import derivative_of, raised

if TYPE_CHECKING:
    from grader.algebra.reader.reading import Reader

_ROUNDED = MappingProxyType({"⌊": "floor", "⌈": "ceil"})
_OPERANDS = frozenset(
    {"number", "symbol", "constant", "function", "open", "fraction", "root", "big", "binomial"}
)


def whole(reader: Reader) -> Node:
    """Read a number, and the fraction that belongs to it where a task allows mixed numbers."""
    value = reader.take().value
    if reader.token.kind == "number":
        raise reader.unreadable("operator_expected")
    if reader.symbols.mixed and value.denominator == 1 and reader.token.kind == "fraction":
        part = _fraction(reader)
        if isinstance(part, Quotient) and _proper(part):
            return Sum((Number(value), part))
        return product_of((Number(value), part))
    return Number(value)


def _proper(part: Quotient) -> bool:
    above, below = part.numerator, part.denominator
    return isinstance(above, Number) and isinstance(below, Number) and above.value < below.value


def enclosed(reader: Reader) -> Node:
    """Read an expression in brackets; some brackets round it."""
    opening = reader.token.value
    body = reader.group()
    return Call(_ROUNDED[opening], (body,)) if opening in _ROUNDED else body


def bars(reader: Reader) -> Node:
    """Read what stands between bars: an absolute value, or the determinant of a matrix."""
    reader.take()
    reader.bars += 1
    body = reader.expression(0)
    if reader.token.kind != "bar":
        raise reader.unreadable(
            "closing_bar" if reader.token.kind in ("end", "close") else "operator_expected"
        )
    reader.take()
    reader.bars -= 1
    return Call("det" if isinstance(body, Table) else "abs", (body,))


def operand(reader: Reader) -> Node:
    """What `d/dy` stands before: a group with its power, or a product without signs."""
    if reader.token.kind == "open":
        return reader.expression(2)
    factors = [reader.expression(2)]
    while reader.token.kind in _OPERANDS:
        factors.append(reader.expression(2))
    return product_of(factors)


def of(reader: Reader, column: int) -> Node:
    """Read `d(…)/dy` from its bracket on."""
    body = reader.group()
    if reader.token.kind != "after":
        raise reader.unreadable("variable_expected")
    return derivative_of(reader, body, reader.take().value, column)


def _fraction(reader: Reader) -> Node:
    reader.take()
    return Quotient(reader.part(), reader.part())


def _binomial(reader: Reader) -> Node:
    reader.take()
    return Call("binomial", (reader.part(), reader.part()))


def _root(reader: Reader) -> Node:
    reader.take()
    if reader.token.kind == "open" and reader.token.value == "[":
        degree = reader.group()
        return raised(reader.part(), Quotient(ONE, degree), reader.symbols)
    return Call("sqrt", (reader.expression(2),))


def _overline(reader: Reader) -> Node:
    reader.take()
    return Call("conjugate", (reader.part(),))


def _table(reader: Reader) -> Node:
    """Read a matrix, cell by cell; a row sign at its end is no row."""
    _, opening, column = reader.take()
    if opening == BEGIN_CASES:
        return _ended(reader, END_CASES, cases(reader))
    rows: list[list[Node]] = [[reader.expression(0)]]
    while reader.token.kind in ("cell", "row"):
        last = reader.take()
        if reader.token.kind == "endtable":
            break
        if last.kind == "row":
            rows.append([])
        rows[-1].append(reader.expression(0))
    closing = END_DET if opening == BEGIN_DET else END_TABLE
    table = _ended(reader, closing, tabled(rows, column))
    return Call("det", (table,)) if opening == BEGIN_DET else table


def _ended(reader: Reader, closing: str, node: Node) -> Node:
    """Take the end of a table."""
    if reader.token.kind != "endtable" or reader.token.value != closing:
        raise reader.unreadable("closing_bracket")
    reader.take()
    return node


FORMS: MappingProxyType[str, Callable[[Reader], Node]] = MappingProxyType(
    {
        "fraction": _fraction,
        "root": _root,
        "binomial": _binomial,
        "overline": _overline,
        "table": _table,
        "big": big,
    }
)
"""How what begins with each kind of token is read."""
