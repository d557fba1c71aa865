"""Sums, products, integrals and limits: with big signs as in LaTeX, or as functions as in sympy."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from grader.algebra.nodes import Integral, Limit, Node, Series, Table
from grader.algebra.reader.latex_signs import BRACKETS
from grader.algebra.unreadable import Unreadable

if TYPE_CHECKING:
    from grader.algebra.reader.reading import Reader

NOUNS = frozenset({"Sum", "Product", "Integral", "Limit", "Matrix"})
MAX_CELLS = 64
_KINDS: MappingProxyType[str, Literal["sum", "product"]] = MappingProxyType(
    {"∑": "sum", "∏": "product", "Sum": "sum", "Product": "product"}
)


def big(reader: Reader) -> Node:
    """Read a big sign, its bounds in either order, and what it stands before."""
    start = reader.place
    node = _big(reader)
    return _scoped(reader, node, start)


def _scoped(reader: Reader, node: Node, start: int) -> Node:
    """Note in which tokens the variable of a sum, product, integral or limit means something."""
    name = (
        node.index
        if isinstance(node, Series)
        else node.variable
        if isinstance(node, Integral | Limit)
        else ""
    )
    reader.scopes.append((name, range(start, reader.place)))
    return node


def _big(reader: Reader) -> Node:
    _, sign, column = reader.take()
    if sign not in ("∑", "∏", "∫"):
        return _limit(reader, column)
    below = above = None
    index = ""
    while reader.follows("_", "^"):
        if reader.take().value == "^":
            above = reader.part()
        elif sign == "∫":
            below = reader.part()
        else:
            index, below = _index(reader)
    if sign == "∫":
        return _integral(reader, below, above, column)
    if below is None or above is None:
        raise Unreadable(column, "bound_expected", sign)
    return Series(_KINDS[sign], index, below, above, reader.expression(1))


def _index(reader: Reader) -> tuple[str, Node]:
    """Read `k=1` in braces, or without."""
    closing = BRACKETS[reader.take().value] if reader.token.kind == "open" else ""
    name = _name(reader)
    if not reader.follows("="):
        raise reader.unreadable("bound_expected")
    reader.take()
    lower = reader.expression(0) if closing else reader.part()
    if closing:
        reader.close(closing)
    return name, lower


def _name(reader: Reader) -> str:
    if reader.token.kind != "symbol":
        raise reader.unreadable("variable_expected")
    return str(reader.take().value)


def _integral(reader: Reader, below: Node | None, above: Node | None, column: int) -> Node:
    if (below is None) != (above is None):
        raise Unreadable(column, "bound_expected", "∫")
    outside, reader.differential = reader.differential, ""
    body = reader.expression(0)
    variable, reader.differential = reader.differential, outside
    if not variable:
        raise reader.unreadable("variable_expected")
    bounds = None if below is None or above is None else (below, above)
    return Integral(variable, bounds, body)


def _limit(reader: Reader, column: int) -> Node:
    if not reader.follows("_"):
        raise Unreadable(column, "bound_expected", "lim")
    reader.take()
    if reader.token.kind != "open":
        raise reader.unreadable("opening_bracket")
    reader.take()
    variable = _name(reader)
    if reader.token.value != "→":
        raise reader.unreadable("bound_expected")
    reader.take()
    point, side = _sided(reader)
    reader.close("}")
    return Limit(variable, point, side, reader.expression(1))


def _sided(reader: Reader) -> tuple[Node, str]:
    """Read a point, with the side from which it is reached: `0^+`, `0+`, `0^{-}`."""
    start = reader.place
    if reader.token.kind in ("number", "symbol"):
        point = reader.part()
        while reader.follows("^") or (reader.token.kind == "open" and reader.token.value == "{"):
            reader.take()
        if reader.follows("+", "-"):
            side = str(reader.take().value)
            if reader.token.kind == "close":
                if reader.tokens[reader.place + 1].kind == "close":
                    reader.take()
                return point, side
    reader.place = start
    return reader.expression(0), ""


def noun(reader: Reader, function: str, column: int) -> Node:
    """Read `Sum(k, (k, 1, n))`, `Integral(x, x)`, `Limit(x, x, 0)`, `Matrix([[1, 2]])` from the bracket on."""
    if reader.token.kind != "open":
        raise reader.unreadable("opening_bracket")
    if function == "Matrix":
        return _matrix(reader, column)
    start = reader.place
    reader.take()
    body = reader.expression(0)
    _comma(reader)
    if function == "Limit":
        variable = _name(reader)
        _comma(reader)
        result: Node = Limit(variable, reader.expression(0), "", body)
    elif function == "Integral" and reader.token.kind == "symbol":
        result = Integral(_name(reader), None, body)
    else:
        result = _bounded(reader, function, body)
    reader.close(")")
    return _scoped(reader, result, start)


def _bounded(reader: Reader, function: str, body: Node) -> Node:
    if reader.token.kind != "open":
        raise reader.unreadable("opening_bracket")
    reader.take()
    variable = _name(reader)
    _comma(reader)
    below = reader.expression(0)
    _comma(reader)
    above = reader.expression(0)
    reader.close(")")
    if function == "Integral":
        return Integral(variable, (below, above), body)
    return Series(_KINDS[function], variable, below, above, body)


def _comma(reader: Reader) -> None:
    if not reader.follows(",", ";"):
        raise reader.unreadable("operator_expected")
    reader.take()


def _matrix(reader: Reader, column: int) -> Table:
    reader.take()
    if reader.token.kind != "open":
        raise reader.unreadable("opening_bracket")
    reader.take()
    rows = [_row(reader)]
    while reader.follows(",", ";"):
        reader.take()
        rows.append(_row(reader))
    reader.close("]")
    reader.close(")")
    return tabled(rows, column)


def tabled(rows: list[list[Node]], column: int) -> Table:
    """Give rows as a matrix. Raises `Unreadable` where they are not equally long, or too many."""
    if len({len(row) for row in rows}) != 1:
        raise Unreadable(column, "equal_rows")
    if len(rows) * len(rows[0]) > MAX_CELLS:
        raise Unreadable(column, "too_long")
    return Table(tuple(tuple(row) for row in rows))


def _row(reader: Reader) -> list[Node]:
    return reader.items() if reader.token.kind == "open" else [reader.expression(0)]
