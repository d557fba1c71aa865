"""Greatest common divisors and least common multiples, of numbers and of monomials."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd, isqrt, lcm
from typing import Literal

from grader.algebra.building import multiply, raise_to
from grader.algebra.nodes import Call, Negative, Node, Number, Power, Product, Quotient, Sum, number
from grader.algebra.sizes import TooLargeError, constant_value
from grader.algebra.unreadable import Unreadable

MAX_POWER = 100


class _Monomial:
    """A rational number times powers of what is not one."""

    def __init__(self, node: Node) -> None:
        self.content = Fraction(1)
        self.powers: dict[Node, int] = {}
        self._take(node, 1)

    def _take(self, node: Node, power: int) -> None:
        value = constant_value(node)
        if value is not None and (value or power > 0):
            self.content *= value**power
            return
        match node:
            case Negative(body=body):
                self.content = -self.content
                self._take(body, power)
            case Product(factors=factors):
                for factor in factors:
                    self._take(factor, power)
            case Quotient(numerator=above, denominator=below):
                self._take(above, power)
                self._take(below, -power)
            case Power(base=base, exponent=Number(value=value)) if (
                value.denominator == 1 and value <= MAX_POWER
            ):
                self._take(base, power * int(value))
            case Call(function="sqrt", arguments=(Number(value=value),)) if _root(value) is not None:
                self.content *= Fraction(_root(value) or 1) ** power
            case Sum():
                raise ValueError
            case _:
                self.powers[node] = self.powers.get(node, 0) + power


def _root(value: Fraction) -> int | None:
    root = isqrt(int(value))
    return root if root * root == value else None


def common(kind: Literal["gcd", "lcm"], arguments: Iterable[Node], column: int) -> Node:
    """Give the divisor or multiple of monomials with rational coefficients; a symbol counts as indeterminate.

    Never negative. Raises `Unreadable` for anything but monomials.
    """
    try:
        monomials = [_Monomial(node) for node in arguments]
    except TooLargeError:
        raise Unreadable(column, "number_too_long", kind) from None
    except ValueError:
        raise Unreadable(column, "integer_expected", kind) from None
    if any(power < 0 for monomial in monomials for power in monomial.powers.values()):
        raise Unreadable(column, "integer_expected", kind)
    choose = min if kind == "gcd" else max
    names = dict.fromkeys(name for monomial in monomials for name in monomial.powers)
    powers = {name: choose(monomial.powers.get(name, 0) for monomial in monomials) for name in names}
    content = _of_rationals(kind, [monomial.content for monomial in monomials])
    factors = [raise_to(name, number(power)) for name, power in powers.items() if power]
    return multiply((number(content), *factors))


def _of_rationals(kind: str, values: list[Fraction]) -> Fraction:
    """Give the divisor or multiple of rational numbers: over their common denominator."""
    below = lcm(*(value.denominator for value in values))
    whole = [int(value * below) for value in values]
    return Fraction(gcd(*whole) if kind == "gcd" else lcm(*whole), below)
