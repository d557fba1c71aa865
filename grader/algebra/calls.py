"""Function calls, with brackets and without, with powers and bases between name and argument."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grader.algebra.names import INVERSES
from grader.algebra.nodes import (
    TWO,
    Call,
    E,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    number,
    product_of,
)
from grader.algebra.unreadable import Unreadable

if TYPE_CHECKING:
    from grader.algebra.reading import Reader

RESTRICTED = frozenset({"number", "symbol", "constant"})
"""Kinds of tokens that a function without brackets takes as its argument."""

MINUS_ONE = Negative(Number(Fraction(1)))


def call(reader: Reader) -> Node:
    """Read a function and its argument: `sin x`, `sin^2 x`, `log_a x`, `log(x, a)`, `ln sin x`."""
    _, function, column = reader.take()
    base = exponent = None
    while True:
        if function == "ln" and base is None and reader.follows("_"):
            reader.take()
            base = reader.part()
        elif exponent is None and reader.token.kind == "raised":
            exponent = number(reader.take().value)
        elif exponent is None and reader.follows("^"):
            reader.take()
            exponent = _exponent(reader)
        else:
            break
    if exponent == MINUS_ONE and function in INVERSES:
        function, exponent = INVERSES[function], None
    arguments = reader.items() if reader.token.kind == "open" else [_argument(reader)]
    node = _apply(reader, function, arguments, base, column)
    return node if exponent is None else Power(node, exponent)


def _exponent(reader: Reader) -> Node:
    """Read the exponent of a function: a group or a single sign, since the argument comes next."""
    negative = reader.follows("-")
    if negative:
        reader.take()
    body = reader.part()
    return Negative(body) if negative else body


def _argument(reader: Reader) -> Node:
    """Read an argument without brackets."""
    negative = reader.follows("-")
    if negative:
        reader.take()
    first = reader.token.kind
    factors = [reader.expression(2)]
    only_numbers = first == "number"
    while first in RESTRICTED or first == "open":
        kind = reader.token.kind
        if kind not in ("symbol", "constant") and not (only_numbers and kind in ("open", "fraction", "root")):
            break
        only_numbers = False
        factors.append(reader.expression(2))
    return Negative(product_of(factors)) if negative else product_of(factors)


def _apply(reader: Reader, function: str, arguments: list[Node], base: Node | None, column: int) -> Node:
    first = arguments[0]
    two = function in ("pow", "diff") or (function == "ln" and base is None and len(arguments) == 2)
    if len(arguments) != (2 if two else 1):
        raise Unreadable(column, "argument_count", function)
    match function:
        case "exp":
            return Power(E, first)
        case "pow":
            return Power(first, arguments[1])
        case "lg":
            return Call("log", (Number(Fraction(10)), first))
        case "log2":
            return Call("log", (TWO, first))
        case "ln" if two:
            return Call("log", (arguments[1], first))
        case "ln" if base is not None:
            return Call("log", (base, first))
        case "diff":
            variable = arguments[1]
            if type(variable) is not Symbol:
                raise Unreadable(column, "variable_expected", function)
            return reader.derivative(first, variable.name, column)
    return Call(function, (first,))
