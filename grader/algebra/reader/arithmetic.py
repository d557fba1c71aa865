"""Numbers that are written as what they come from: `3·3·6·8 = 432`, `2^5 - 1`, `(1 + 2)/4`."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from grader.algebra.names import Symbols
from grader.algebra.nodes import Negative, Node, Number, Power, Product, Quotient, Sum
from grader.algebra.reader.reading import read
from grader.algebra.unreadable import Unreadable

MAX_EXPONENT = 64
MAX_BITS = 4096


def worked_out(text: str) -> Fraction:
    """Read arithmetic with exact numbers; of `a = b`, what follows the sign. Raises `Unreadable`."""
    return _value(read(text, Symbols(())))


def _value(node: Node) -> Fraction:
    match node:
        case Number(value=value):
            return value
        case Negative(body=body):
            return -_value(body)
        case Sum(terms=terms):
            return sum(map(_value, terms), Fraction(0))
        case Product(factors=factors):
            return _bounded(prod(map(_value, factors), start=Fraction(1)))
        case Quotient(numerator=above, denominator=below) if divisor := _value(below):
            return _bounded(_value(above) / divisor)
        case Power(base=base, exponent=exponent):
            return _bounded(_power(_value(base), _value(exponent)))
    raise Unreadable(1, "number_expected")


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > MAX_EXPONENT or (not base and exponent < 0):
        raise Unreadable(1, "number_expected")
    return base ** int(exponent)


def _bounded(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        raise Unreadable(1, "number_too_long")
    return value
