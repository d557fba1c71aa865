"""Function calls, with brackets and without, with powers and bases between name and argument."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.algebra.names import INVERSES, PRIMED, SET_FUNCTIONS
from grader.algebra.nodes import (
    ONE,
    TWO,
    Call,
    E,
    Negative,
    Node,
    Number,
    Power,
    Quotient,
    Symbol,
    number,
    product_of,
    sum_of,
)
from grader.algebra.reader.cases import BY_CASES, by_cases
from grader.algebra.reader.divisors import common
from grader.algebra.reader.nouns import NOUNS, noun
from grader.algebra.reader.powers import derivative_of, raised
from grader.algebra.sizes import check_exponent, check_factorial
from grader.algebra.unreadable import Unreadable

if TYPE_CHECKING:
    from grader.algebra.reader.reading import Reader

RESTRICTED = frozenset({"number", "symbol", "constant"})
"""Kinds of tokens that a function without brackets takes as its argument."""

MAX_PRIMES = 3

MINUS_ONE = Negative(Number(Fraction(1)))


def call(reader: Reader) -> Node:
    """Read a function and its argument: `sin x`, `sin^2 x`, `log_a x`, `log(x, a)`, `ln sin x`."""
    _, function, column = reader.take()
    if function in SET_FUNCTIONS:
        raise Unreadable(column, "expression_expected", function)
    if function in BY_CASES:
        return by_cases(reader, function)
    if function in NOUNS:
        return noun(reader, function, column)
    base = exponent = None
    primes = 0
    while True:
        if function == "ln" and base is None and reader.follows("_"):
            reader.take()
            base = reader.part()
        elif exponent is None and reader.token.kind == "raised":
            exponent = number(reader.take().value)
        elif exponent is None and reader.follows("^"):
            reader.take()
            exponent = _exponent(reader)
        elif reader.follows("'") and (function in reader.symbols.functions or function in PRIMED):
            reader.take()
            primes += 1
            if primes > MAX_PRIMES:
                raise Unreadable(column, "too_deep", function)
        else:
            break
    if exponent == MINUS_ONE and function in INVERSES:
        function, exponent = INVERSES[function], None
    arguments = reader.items() if reader.token.kind == "open" else [_argument(reader)]
    node = _apply(reader, function + "'" * primes, arguments, base, column)
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
    two = function in TWO_ARGUMENTS or (function == "ln" and base is None and len(arguments) == 2)
    several = function in ("min", "max", "gcd", "lcm") or function.rstrip("'") in reader.symbols.functions
    if len(arguments) != (2 if two else 1) and not several:
        raise Unreadable(column, "argument_count", function)
    match function:
        case "pow":
            check_exponent(arguments[1], column)
            return raised(first, arguments[1], reader.symbols)
        case "ln" if two:
            return Call("log", (arguments[1], first))
        case "ln" if base is not None:
            return Call("log", (base, first))
        case "diff":
            variable = arguments[1]
            if type(variable) is not Symbol:
                raise Unreadable(column, "variable_expected", function)
            return derivative_of(reader, first, variable.name, column)
        case "gcd" | "lcm":
            return common(function, arguments, column)
        case "cbrt":
            return raised(first, _THIRD, reader.symbols)
        case "factorial":
            check_factorial(first, column)
    if function in _MEANINGS:
        return _MEANINGS[function](first)
    return Call(function, tuple(arguments))


TWO_ARGUMENTS = frozenset({"pow", "diff", "binomial", "mod"})
_THIRD = Quotient(ONE, Number(Fraction(3)))
_TEN = Number(Fraction(10))
_MEANINGS: dict[str, Callable[[Node], Node]] = {
    "exp": lambda u: Power(E, u),
    "lg": lambda u: Call("log", (_TEN, u)),
    "log2": lambda u: Call("log", (TWO, u)),
    "sech": lambda u: Quotient(ONE, Call("ch", (u,))),
    "csch": lambda u: Quotient(ONE, Call("sh", (u,))),
    "arcsec": lambda u: Call("arccos", (Quotient(ONE, u),)),
    "arccosec": lambda u: Call("arcsin", (Quotient(ONE, u),)),
    "relu": lambda u: Call("max", (Number(Fraction(0)), u)),
    "log1p": lambda u: Call("ln", (sum_of((ONE, u)),)),
    "expm1": lambda u: sum_of((Power(E, u), MINUS_ONE)),
    "square": lambda u: Power(u, TWO),
    "softplus": lambda u: Call("ln", (sum_of((ONE, Power(E, u))),)),
    "heaviside": lambda u: Quotient(sum_of((ONE, Call("sign", (u,)))), TWO),
}
"""Functions that are read as what they stand for."""
