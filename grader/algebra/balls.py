"""Evaluation in ball arithmetic (python-flint): every result has a proven bound of its error."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flint import acb, arb, ctx, fmpq

from grader.algebra.programs import Program

_EXACT_ZERO = arb(2) ** -240
_AGREEMENT = arb(2) ** -60
_SHOWN_BITS = 56


def _arcctg(x: Any) -> Any:
    return type(x).pi() / 2 - x.atan()


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + (-x).exp())


_SHARED: dict[str, Callable[[Any], Any]] = {
    "negate": operator.neg,
    "same": operator.pos,
    "exp": lambda x: x.exp(),
    "ln": lambda x: x.log(),
    "sqrt": lambda x: x.sqrt(),
    "sin": lambda x: x.sin(),
    "cos": lambda x: x.cos(),
    "tg": lambda x: x.tan(),
    "ctg": lambda x: x.cot(),
    "sec": lambda x: x.sec(),
    "cosec": lambda x: x.csc(),
    "arcsin": lambda x: x.asin(),
    "arccos": lambda x: x.acos(),
    "arctg": lambda x: x.atan(),
    "arcctg": _arcctg,
    "sh": lambda x: x.sinh(),
    "ch": lambda x: x.cosh(),
    "th": lambda x: x.tanh(),
    "cth": lambda x: x.coth(),
    "arsh": lambda x: x.asinh(),
    "arch": lambda x: x.acosh(),
    "arth": lambda x: x.atanh(),
    "sigmoid": _sigmoid,
}
_REAL: Mapping[str, Callable[[Any], Any]] = {**_SHARED, "abs": abs, "sign": lambda x: x.sgn()}
_COMPLEX: Mapping[str, Callable[[Any], Any]] = {
    **_SHARED,
    "abs": lambda x: x.real_abs(),
    "sign": lambda x: x.real_sgn(),
}
_BINARY: Mapping[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": operator.pow,
}


class Balls:
    """Evaluates with balls; `real` ones are not numbers (None) where an intermediate value is not real."""

    name = "balls"

    def evaluate(
        self, program: Program, point: Mapping[str, Fraction], bits: int, *, real: bool = True
    ) -> Any:
        """Give the ball of the last instruction, None where it is not finite or, if `real`, not real."""
        kind, unary = (arb, _REAL) if real else (acb, _COMPLEX)
        before = ctx.prec
        ctx.prec = bits
        try:
            values = _values(program, point, kind, unary)
        except (ZeroDivisionError, ValueError, OverflowError):
            return None
        finally:
            ctx.prec = before
        return values if values is not None and values.is_finite() else None

    def relation(self, left: Any, right: Any, bits: int) -> str:
        """Tell "different" (certified), "equal" (to 60 bits of 1, relatively) or "unclear" (more bits are needed)."""
        before = ctx.prec
        ctx.prec = bits
        try:
            gap = left - right
            if not gap.contains(0):
                return "different"
            bound = gap.abs_upper()
            scale = right.abs_upper()
            if bound <= scale * _AGREEMENT or bound <= _EXACT_ZERO:
                return "equal"
            return "unclear"
        finally:
            ctx.prec = before

    def real_part(self, value: Any) -> Any:
        """Give a complex ball as a real one if its imaginary part may be nothing but rounding, else None."""
        return value.real if value.imag.contains(0) else None

    def settled(self, value: Any) -> bool:
        """Tell whether a real ball is narrow enough to be shown."""
        return bool(value.abs_upper() < _EXACT_ZERO) or int(value.rel_accuracy_bits()) > _SHOWN_BITS

    def decimal(self, value: Any, digits: int) -> str:
        """Give a short decimal of the middle of a real ball."""
        middle = float(value.mid())
        if middle == 0 or 1e-300 < abs(middle) < 1e300:
            return f"{middle:.{digits}g}"
        return str(value.str(digits, radius=False))


def _values(program: Program, point: Mapping[str, Fraction], kind: Any, unary: Mapping[str, Any]) -> Any:
    values: list[Any] = []
    for operation, left, right in program.instructions:
        if operation in _BINARY:
            values.append(_BINARY[operation](values[left], values[right]))
        elif operation in unary:
            values.append(unary[operation](values[left]))
        elif operation == "integer_power":
            values.append(values[left] ** right)
        elif operation == "symbol":
            value = point[program.symbols[left]]
            values.append(kind(fmpq(value.numerator, value.denominator)))
        elif operation == "number":
            values.append(kind(fmpq(left.numerator, left.denominator)))
        else:
            values.append(kind.pi() if left == "pi" else kind(1).exp())
    return values[-1]
