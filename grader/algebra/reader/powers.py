"""What stands behind an expression: powers, primes, factorials, percent, and what turns a matrix round."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grader.algebra.names import Symbols
from grader.algebra.nodes import (
    PI,
    Call,
    Constant,
    Derivative,
    Node,
    Number,
    Power,
    Quotient,
    Table,
    number,
    product_of,
    subtrees,
)
from grader.algebra.sizes import check_derivative, check_exponent, check_factorial, constant_value
from grader.algebra.unreadable import Unreadable

if TYPE_CHECKING:
    from grader.algebra.reader.reading import Reader

_BEHIND = frozenset({"raised", "operator", "postfix", "attribute"})
_HUNDRED, _STRAIGHT = Number(Fraction(100)), Number(Fraction(180))


def power(reader: Reader) -> Node:
    """Read a factor with its powers; they go from right to left."""
    base = reader.primary()
    while reader.tokens[reader.place].kind in _BEHIND:
        if reader.token.kind == "raised":
            reader.nest()
            exponent = number(reader.take().value)
            base = _raised(reader, base, exponent)
        elif reader.follows("'"):
            reader.nest()
            base = _prime(reader, base)
        elif reader.token.kind == "postfix":
            reader.nest()
            base = _postfix(reader, base)
        elif reader.token.kind == "attribute" and reader.token.value == "T" and _tabular(base):
            reader.take()
            base = Call("transpose", (base,))
        elif reader.follows("^"):
            reader.take()
            turned = _turned(reader, base)
            if turned is None:
                return _raised(reader, base, reader.signed(2))
            base = turned
        else:
            break
    return base


def _raised(reader: Reader, base: Node, exponent: Node) -> Node:
    check_exponent(exponent, reader.tokens[reader.place - 1].column)
    return raised(base, exponent, reader.symbols)


def raised(base: Node, exponent: Node, symbols: Symbols) -> Node:
    """Raise to a power; where a task has real roots, x^(p/q) with an odd q is (sign x)^p·|x|^(p/q)."""
    if not symbols.real_roots or isinstance(base, Number | Constant):
        return Power(base, exponent)
    value = constant_value(exponent)
    if value is None or value.denominator == 1 or value.denominator % 2 == 0:
        return Power(base, exponent)
    size = Power(Call("abs", (base,)), exponent)
    return product_of((Call("sign", (base,)), size)) if value.numerator % 2 else size


def _postfix(reader: Reader, body: Node) -> Node:
    _, sign, column = reader.take()
    if sign == "%":
        return Quotient(body, _HUNDRED)
    if sign == "°":
        return Quotient(product_of((body, PI)), _STRAIGHT)
    check_factorial(body, column)
    return Call("factorial", (body,))


def _prime(reader: Reader, body: Node) -> Node:
    token = reader.take()
    if _tabular(body):
        return Call("transpose", (body,))
    if not reader.symbols.variable:
        raise Unreadable(token.column, "operator_expected", "'")
    if reader.follows("_"):
        reader.take()
        reader.take()
    return derivative_of(reader, body, reader.symbols.variable, token.column)


def derivative_of(reader: Reader, body: Node, variable: str, column: int) -> Node:
    """Give the derivative as it is written down."""
    check_derivative(body, column)
    return Derivative(body, variable)


def _tabular(node: Node) -> bool:
    return any(type(part) is Table for part in subtrees(node))


def _turned(reader: Reader, base: Node) -> Node | None:
    """Read what transposes a matrix or conjugates it, too: `^T`, `^H`, `^*`, `^{\\prime}`; None if it is a power."""
    if not _tabular(base):
        return None
    start = reader.place
    braces = reader.token.kind == "open" and reader.token.value == "{"
    if braces:
        reader.take()
    marks = ""
    while reader.token.value in ("T", "H", "*", "^", "'", "⊤"):
        mark = reader.take().value
        marks += "**" if mark == "^" else str(mark)
    closed = not braces or (reader.token.kind == "close" and reader.token.value == "}")
    if not marks or not closed:
        reader.place = start
        return None
    reader.place += braces
    for mark in marks:
        base = Call("transpose", (base,))
        base = Call("conjugate", (base,)) if mark in "H*" else base
    return base
