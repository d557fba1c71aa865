"""Constructors that tidy up as a person would: no zero terms, no factors 1, signs in front, numbers in front."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from grader.algebra.nodes import (
    ONE,
    ZERO,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    number,
    product_of,
    sum_of,
)

MAX_FOLDED = 10**9
"""Numbers are worked out up to this size; larger ones stay as they were written."""


def add(terms: Iterable[Node]) -> Node:
    """Add terms; numbers among them are added up and stand last."""
    kept: list[Node] = []
    total = Fraction(0)
    for term in _flat(terms):
        value = plain_number(term)
        if value is None:
            kept.append(term)
        else:
            total += value
    if total or not kept:
        kept.append(number(total))
    return sum_of(kept)


def _flat(terms: Iterable[Node]) -> Iterable[Node]:
    for term in terms:
        yield from term.terms if isinstance(term, Sum) else (term,)


def negate(node: Node) -> Node:
    """Turn the sign round."""
    if type(node) is Negative:
        return node.body
    return node if node == ZERO else Negative(node)


def multiply(factors: Iterable[Node]) -> Node:
    """Multiply: the sign in front, then the number, then the rest in order."""
    kept: list[Node] = []
    coefficient = Fraction(1)
    for factor in factors:
        negative = type(factor) is Negative
        body = factor.body if isinstance(factor, Negative) else factor
        coefficient = -coefficient if negative else coefficient
        for piece in body.factors if isinstance(body, Product) else (body,):
            value = plain_number(piece)
            if value is None:
                kept.append(piece)
            else:
                coefficient *= value
    if coefficient == 0:
        return ZERO
    if abs(coefficient) != 1 or not kept:
        kept.insert(0, number(abs(coefficient)))
    product = product_of(kept)
    return Negative(product) if coefficient < 0 else product


def scale(inner: Node, outer: Node) -> Node:
    """Multiply an outer derivative with the inner one, which stands first or above the line."""
    if isinstance(outer, Negative):
        return negate(scale(inner, outer.body))
    if isinstance(outer, Quotient) and outer.numerator == ONE:
        return divide(inner, outer.denominator)
    return multiply((inner, outer))


def divide(numerator: Node, denominator: Node) -> Node:
    """Divide; signs go in front."""
    if isinstance(numerator, Negative):
        return negate(divide(numerator.body, denominator))
    if isinstance(denominator, Negative):
        return negate(divide(numerator, denominator.body))
    if numerator == ZERO or denominator == ONE:
        return numerator
    above, below = plain_number(numerator), plain_number(denominator)
    if above is not None and below:
        return number(above / below) if (above / below).denominator == 1 else Quotient(numerator, denominator)
    return Quotient(numerator, denominator)


def raise_to(base: Node, exponent: Node) -> Node:
    """Raise to a power; exponents 0 and 1 vanish."""
    if exponent == ONE:
        return base
    if exponent == ZERO:
        return ONE
    return Power(base, exponent)


def decrement(exponent: Node) -> Node:
    """Give the exponent less one."""
    return add((exponent, Negative(ONE)))


def plain_number(node: Node) -> Fraction | None:
    """Give the value of a written number, with its sign; None for anything else, and for huge ones."""
    if isinstance(node, Negative):
        value = plain_number(node.body)
        return None if value is None else -value
    if isinstance(node, Quotient):
        above, below = plain_number(node.numerator), plain_number(node.denominator)
        return None if above is None or not below else above / below
    if isinstance(node, Number) and max(node.value.numerator, node.value.denominator) <= MAX_FOLDED:
        return node.value
    return None
