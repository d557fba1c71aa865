"""Evaluation with mpmath, where python-flint has no wheel: the error is estimated from a second precision."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath

from grader.algebra.comparison.programs import MAX_TERMS, Program

_SPARE_BITS = 64
_LARGEST_GAMMA = 10**5
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


def _real(x: Any) -> Any:
    """Give a number that is real but for rounding; these functions order numbers."""
    if abs(mpmath.im(x)) > abs(x) * mpmath.ldexp(1, -mpmath.mp.prec // 2):
        raise ValueError(x)
    return mpmath.re(x)


def _gamma(x: Any) -> Any:
    if abs(x) > _LARGEST_GAMMA:
        raise OverflowError
    return mpmath.gamma(x)


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
    "floor": lambda x: mpmath.floor(_real(x)),
    "ceil": lambda x: mpmath.ceil(_real(x)),
    "factorial": lambda x: _gamma(x + 1),
    "erf": mpmath.erf,
    "conjugate": mpmath.conj,
}
_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": _power,
    "mod": lambda x, y: x - y * mpmath.floor(_real(x / y)),
    "binomial": lambda n, k: _gamma(n + 1) * mpmath.rgamma(k + 1) * mpmath.rgamma(n - k + 1),
    "minimum": lambda x, y: min(_real(x), _real(y)),
    "maximum": lambda x, y: max(_real(x), _real(y)),
}
_REAL_ONLY = frozenset({"ln", "sqrt", "arcsin", "arccos", "arch", "arth", "power"})


def _constant(name: str) -> Any:
    """Give e, π or i. Raises `ValueError` for infinity."""
    if name == "oo":
        raise ValueError(name)
    return mpmath.mpc(0, 1) if name == "i" else +mpmath.pi if name == "pi" else +mpmath.e


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
            return self._run(program, point, real)

    def _run(self, program: Program, point: Mapping[str, Fraction], real: bool) -> Any:
        values: list[Any] = []
        for operation, left, right in program.instructions:
            if operation == "nowhere":
                value = mpmath.nan
            elif operation == "choose":
                value = values[right[0] if _real(values[left]) > 0 else right[1]]
            elif operation == "series":
                value = self._series(left, (values[right[0]], values[right[1]]), point, real)
            else:
                value = self._value(operation, left, right, values, point, program)
            imaginary = left == "i" if operation == "constant" else operation in _REAL_ONLY
            if value is None or (real and imaginary and isinstance(value, mpmath.mpc)):
                return None
            values.append(value)
        return values[-1]

    def _series(
        self,
        what: tuple[str, str, Program],
        bounds: tuple[Any, Any],
        point: Mapping[str, Fraction],
        real: bool,
    ) -> Any:
        """Add or multiply term by term; None where a bound is no whole number, or there are too many terms."""
        kind, index, body = what
        low, high = (int(mpmath.re(bound)) for bound in bounds)
        if (low, high) != bounds or (high - low) * body.weight > MAX_TERMS:
            return None
        total = mpmath.mpf(0 if kind == "sum" else 1)
        for number in range(low, high + 1):
            term = self._run(body, {**point, index: Fraction(number)}, real)
            if term is None:
                return None
            total = total + term if kind == "sum" else total * term
        return total

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
            return _constant(left)
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
