"""Evaluation with mpmath, where python-flint has no wheel: the error is estimated from a second precision."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath

from grader.algebra.programs import Program

_SPARE_BITS = 64
_LARGEST_LOGARITHM = 10**6
"""The exponential of more than this is taken as not finite: mpmath would work for minutes."""


@dataclass(frozen=True)
class Approximation:
    """A value and how far it may be off."""

    middle: Any
    radius: Any


def _exp(x: Any) -> Any:
    if abs(x) > _LARGEST_LOGARITHM:
        raise OverflowError
    return mpmath.exp(x)


def _power(base: Any, exponent: Any) -> Any:
    if base == 0 or exponent == int(mpmath.re(exponent)):
        return _integer_power(base, exponent)
    return _exp(exponent * mpmath.log(base))


def _integer_power(base: Any, exponent: Any) -> Any:
    if base != 0 and abs(exponent * mpmath.log(abs(base))) > _LARGEST_LOGARITHM:
        raise OverflowError
    return base**exponent


_UNARY: dict[str, Callable[[Any], Any]] = {
    "negate": operator.neg,
    "same": operator.pos,
    "exp": _exp,
    "ln": mpmath.log,
    "sqrt": mpmath.sqrt,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tg": mpmath.tan,
    "ctg": mpmath.cot,
    "sec": mpmath.sec,
    "cosec": mpmath.csc,
    "arcsin": mpmath.asin,
    "arccos": mpmath.acos,
    "arctg": mpmath.atan,
    "arcctg": lambda x: mpmath.pi / 2 - mpmath.atan(x),
    "sh": lambda x: (_exp(x) - _exp(-x)) / 2,
    "ch": lambda x: (_exp(x) + _exp(-x)) / 2,
    "th": mpmath.tanh,
    "cth": mpmath.coth,
    "arsh": mpmath.asinh,
    "arch": mpmath.acosh,
    "arth": mpmath.atanh,
    "abs": abs,
    "sign": mpmath.sign,
    "sigmoid": lambda x: 1 / (1 + _exp(-x)),
}
_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": _power,
}
_REAL_ONLY = frozenset({"ln", "sqrt", "arcsin", "arccos", "arch", "arth", "power"})


class Approximations:
    """Evaluates twice, at two precisions; the gap between the results bounds the error in all but odd cases."""

    name = "approximations"

    def evaluate(
        self, program: Program, point: Mapping[str, Fraction], bits: int, *, real: bool = True
    ) -> Any:
        """Give the value of the last instruction, None where it is not finite or, if `real`, not real."""
        try:
            rough = self._at(program, point, bits, real)
            fine = self._at(program, point, 2 * bits + _SPARE_BITS, real)
        except (ZeroDivisionError, ValueError, OverflowError, TypeError):
            return None
        if rough is None or fine is None or not mpmath.isfinite(rough) or not mpmath.isfinite(fine):
            return None
        with mpmath.workprec(2 * bits + _SPARE_BITS):
            return Approximation(fine, 4 * abs(fine - rough) + abs(fine) * mpmath.ldexp(1, -bits))

    def _at(self, program: Program, point: Mapping[str, Fraction], bits: int, real: bool) -> Any:
        with mpmath.workprec(bits):
            values: list[Any] = []
            for operation, left, right in program.instructions:
                value = self._value(operation, left, right, values, point, program)
                if real and operation in _REAL_ONLY and isinstance(value, mpmath.mpc):
                    return None
                values.append(value)
            return values[-1]

    def _value(
        self,
        operation: str,
        left: Any,
        right: Any,
        values: list[Any],
        point: Mapping[str, Fraction],
        program: Program,
    ) -> Any:
        if operation in _BINARY:
            return _BINARY[operation](values[left], values[right])
        if operation in _UNARY:
            return _UNARY[operation](values[left])
        if operation == "integer_power":
            return _integer_power(values[left], right)
        if operation == "constant":
            return +mpmath.pi if left == "pi" else +mpmath.e
        value = point[program.symbols[left]] if operation == "symbol" else left
        return mpmath.mpf(value.numerator) / value.denominator

    def relation(self, left: Any, right: Any, bits: int) -> str:
        """Tell "different", "equal" (to 60 bits of `right`, relatively) or "unclear" (more bits are needed)."""
        with mpmath.workprec(2 * bits + _SPARE_BITS):
            gap, radius = abs(left.middle - right.middle), left.radius + right.radius
            if gap > radius:
                return "different"
            bound = gap + radius
            agree = bound <= mpmath.ldexp(abs(right.middle), -60) or bound <= mpmath.ldexp(1, -240)
            return "equal" if agree else "unclear"

    def real_part(self, value: Any) -> Any:
        """Give a complex value as a real one if its imaginary part may be nothing but rounding, else None."""
        imaginary = abs(mpmath.im(value.middle))
        return Approximation(mpmath.re(value.middle), value.radius) if imaginary <= value.radius else None

    def settled(self, value: Any) -> bool:
        """Tell whether a real value is known well enough to be shown."""
        return bool(value.radius <= mpmath.ldexp(max(abs(value.middle), mpmath.ldexp(1, -240)), -56))

    def decimal(self, value: Any, digits: int) -> str:
        """Give a short decimal of a real value."""
        middle = value.middle
        if middle == 0 or 1e-300 < abs(middle) < 1e300:
            return f"{float(middle):.{digits}g}"
        return str(mpmath.nstr(middle, digits))
