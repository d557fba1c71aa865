"""Formulas by cases: `\\begin{cases}`, sympy's `Piecewise((x, x > 0), (0, True))`, numpy's `where(x > 0, x, 0)`.

A condition becomes what is positive where it holds; `x > 0` in brackets is 1 where it holds and 0 elsewhere. To which
of two cases a boundary belongs is not looked at, since no point of comparison lies on one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.algebra.nodes import ONE, ZERO, Call, Negative, Node, sum_of

if TYPE_CHECKING:
    from grader.algebra.reader.reading import Reader

BY_CASES = frozenset({"Piecewise", "where"})
MAX_CASES = 16
_RISING = frozenset({"<", "<=", "≤"})
_FALLING = frozenset({">", ">=", "≥"})

Case = tuple[Node | None, Node]
"""What is positive where a case applies (None: everywhere else), and its value."""


def cases(reader: Reader) -> Node:
    """Read the rows of `\\begin{cases}` from the first on: a value, its condition behind `&` or a comma."""
    found: list[Case] = []
    while not found or reader.token.kind == "row":
        if found:
            reader.take()
            if reader.token.kind == "endtable":
                break
        value = reader.expression(0)
        _part(reader)
        if reader.token.kind == "cell":
            reader.take()
        found.append((_condition(reader), value))
        _part(reader)
    return _nested(reader, found)


def by_cases(reader: Reader, function: str) -> Node:
    """Read `Piecewise(…)` or `where(…)` from the bracket on."""
    if reader.token.kind != "open":
        raise reader.unreadable("opening_bracket")
    reader.take()
    found = _where(reader) if function == "where" else _pieces(reader)
    reader.close(")")
    return _nested(reader, found)


def indicator(reader: Reader, left: Node) -> Node:
    """Read the rest of a condition in brackets whose left side has been read."""
    return Call("where", (_compared(reader, left), ONE, ZERO))


def _part(reader: Reader) -> None:
    if reader.follows(",", ";"):
        reader.take()


def _comma(reader: Reader) -> None:
    if not reader.follows(",", ";"):
        raise reader.unreadable("operator_expected")
    reader.take()


def _where(reader: Reader) -> list[Case]:
    condition = _condition(reader)
    _comma(reader)
    found: list[Case] = [(condition, reader.expression(0))]
    if reader.follows(",", ";"):
        reader.take()
        found.append((None, reader.expression(0)))
    return found


def _pieces(reader: Reader) -> list[Case]:
    found: list[Case] = []
    while not found or reader.follows(",", ";"):
        if found:
            reader.take()
        if reader.token.kind != "open":
            raise reader.unreadable("opening_bracket")
        reader.take()
        value = reader.expression(0)
        _comma(reader)
        found.append((_condition(reader), value))
        reader.close(")")
    return found


def _condition(reader: Reader) -> Node | None:
    """Read a condition; None for what applies everywhere else."""
    if reader.token.kind in ("row", "endtable"):
        return None
    if reader.token.kind == "otherwise":
        reader.take()
        return None
    return _compared(reader, reader.expression(0))


def _compared(reader: Reader, left: Node) -> Node:
    """Read signs of relation and what they compare with: `0 < x ≤ 1`."""
    gaps: list[Node] = []
    while reader.token.kind == "relation" or reader.follows("="):
        sign = reader.take().value
        right = reader.expression(0)
        gaps.append(_gap(left, sign, right))
        left = right
    if not gaps:
        raise reader.unreadable("relation_expected")
    return gaps[0] if len(gaps) == 1 else Call("min", tuple(gaps))


def _gap(left: Node, sign: str, right: Node) -> Node:
    """What is positive where two sides compare so; equality holds nowhere, as far as points can tell."""
    if sign in _RISING:
        left, right = right, left
    elif sign not in _FALLING:
        return Negative(ONE) if sign in ("=", "==") else ONE
    if left == ZERO:
        return Negative(right)
    return left if right == ZERO else sum_of((left, Negative(right)))


def _nested(reader: Reader, found: list[Case]) -> Node:
    """One case within the other, the last one innermost."""
    if len(found) > MAX_CASES:
        raise reader.unreadable("too_long")
    rest: tuple[Node, ...] = ()
    for condition, value in reversed(found):
        rest = (value,) if condition is None else (Call("where", (condition, value, *rest)),)
    return rest[0]
