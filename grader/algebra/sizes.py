"""How large an expression may be: what a person types is far below, what is meant to hang us far above."""

from __future__ import annotations

from fractions import Fraction

from grader.algebra.names import UNSMOOTH
from grader.algebra.nodes import (
    Call,
    Derivative,
    Integral,
    Limit,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Table,
    is_primed,
    subtrees,
)
from grader.algebra.unreadable import Unreadable

MAX_DEPTH = 100
"""Brackets, and what stands in them, count one each."""
MAX_NESTED = 60
"""Quotients of quotients, signs of signs and powers of powers that no brackets part."""
MAX_EXPONENT = 10**6
MAX_FACTORIAL = 10**4
MAX_MATRIX_POWER = 8
"""Powers of matrices are written out."""
MAX_DERIVED = 120
"""Nodes of an expression under a derivative that is not carried out."""

_BITS = 256


class TooLargeError(Exception):
    """A number is far beyond every exponent that can be meant."""


def check_exponent(exponent: Node, column: int) -> None:
    """Refuse an exponent that is a number of more than `MAX_EXPONENT`. Raises `Unreadable`."""
    try:
        value = constant_value(exponent)
    except TooLargeError:
        value = Fraction(MAX_EXPONENT + 1)
    if value is not None and abs(value) > MAX_EXPONENT:
        raise Unreadable(column, "exponent_too_large")


def check_derivative(body: Node, column: int) -> None:
    """Refuse to differentiate what is large or already holds two derivatives in each other. Raises `Unreadable`."""
    parts = list(subtrees(body))
    if len(parts) > MAX_DERIVED or sum(type(part) is Derivative or is_primed(part) for part in parts) > 1:
        raise Unreadable(column, "too_deep", "d")
    for part in parts:
        if isinstance(part, (Series, Integral, Limit, Table)):
            raise Unreadable(column, "evaluated_expected", type(part).__name__)
        if isinstance(part, Call) and part.function in UNSMOOTH:
            raise Unreadable(column, "smooth_expected", part.function)


def check_factorial(body: Node, column: int) -> None:
    """Refuse the factorial of a number of more than `MAX_FACTORIAL`. Raises `Unreadable`."""
    try:
        value = constant_value(body)
    except TooLargeError:
        value = Fraction(MAX_FACTORIAL + 1)
    if value is not None and value > MAX_FACTORIAL:
        raise Unreadable(column, "number_too_long", "!")


def constant_value(node: Node) -> Fraction | None:
    """Give the exact value of an expression of numbers alone, None for any other. Raises where it is huge."""
    match node:
        case Number(value=value):
            result: Fraction | None = value
        case Negative(body=body):
            inner = constant_value(body)
            return None if inner is None else -inner
        case Sum(terms=parts) | Product(factors=parts):
            result = _folded(parts, type(node) is Sum)
        case Quotient(numerator=above, denominator=below):
            top, bottom = constant_value(above), constant_value(below)
            result = None if top is None or not bottom else top / bottom
        case Power(base=base, exponent=exponent):
            result = _power(constant_value(base), constant_value(exponent))
        case _:
            return None
    if result is not None and max(result.numerator.bit_length(), result.denominator.bit_length()) > 4 * _BITS:
        raise TooLargeError
    return result


def _folded(parts: tuple[Node, ...], adding: bool) -> Fraction | None:
    total = Fraction(0 if adding else 1)
    for part in parts:
        value = constant_value(part)
        if value is None:
            return None
        total = total + value if adding else total * value
    return total


def _power(base: Fraction | None, exponent: Fraction | None) -> Fraction | None:
    if base is None or exponent is None or exponent.denominator != 1 or (base == 0 and exponent < 0):
        return None
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(base) != 1 and base != 0 and size * abs(exponent) > 2 * _BITS:
        raise TooLargeError
    return base ** int(exponent)
