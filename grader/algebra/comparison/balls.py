"""Evaluation in ball arithmetic (python-flint): every result has a proven bound of its error."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flint import acb, arb, ctx, fmpq

from grader.algebra.comparison.programs import MAX_TERMS, Program

_Tables = tuple[Mapping[str, Callable[[Any], Any]], Mapping[str, Callable[[Any, Any], Any]]]

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
    "factorial": lambda x: (x + 1).gamma(),
    "erf": lambda x: x.erf(),
}
_REAL: Mapping[str, Callable[[Any], Any]] = {
    **_SHARED,
    "abs": abs,
    "sign": lambda x: x.sgn(),
    "floor": lambda x: x.floor(),
    "ceil": lambda x: x.ceil(),
    "conjugate": operator.pos,
}


def _of_reals(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function of complex balls that has a value for real ones only."""

    def wrapped(*values: Any) -> Any:
        if not all(value.imag.contains(0) for value in values):
            raise ValueError
        return acb(function(*(value.real for value in values)))

    return wrapped


_COMPLEX: Mapping[str, Callable[[Any], Any]] = {
    **_SHARED,
    "abs": lambda x: acb(abs(x)),
    "sign": _of_reals(lambda x: x.sgn()),
    "floor": _of_reals(lambda x: x.floor()),
    "ceil": _of_reals(lambda x: x.ceil()),
    "conjugate": lambda x: x.conjugate(),
}


def _binomial(n: Any, k: Any) -> Any:
    whole = k.unique_fmpz()
    if whole is not None and 0 <= whole <= _MAX_FALLING and k.is_exact():
        return (n - whole + 1).rising(int(whole)) * type(n)(whole + 1).rgamma()
    return (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()


_MAX_FALLING = 64
_BINARY: Mapping[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": operator.pow,
    "binomial": _binomial,
    "mod": lambda x, y: x - y * (x / y).floor(),
    "minimum": lambda x, y: x.min(y),
    "maximum": lambda x, y: x.max(y),
}
_COMPLEX_BINARY: Mapping[str, Callable[[Any, Any], Any]] = {
    **_BINARY,
    **{name: _of_reals(_BINARY[name]) for name in ("mod", "minimum", "maximum")},
}


class Balls:
    """Evaluates with balls; `real` ones are not numbers (None) where an intermediate value is not real."""

    name = "balls"

    def evaluate(
        self, program: Program, point: Mapping[str, Fraction], bits: int, *, real: bool = True
    ) -> Any:
        """Give the ball of the last instruction, None where it is not finite or, if `real`, not real."""
        kind, tables = (arb, (_REAL, _BINARY)) if real else (acb, (_COMPLEX, _COMPLEX_BINARY))
        before = ctx.prec
        ctx.prec = bits
        try:
            value = _value(program, point, kind, tables)
        except (ZeroDivisionError, ValueError, OverflowError):
            return None
        finally:
            ctx.prec = before
        return value if value.is_finite() else None

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


def _value(program: Program, point: Mapping[str, Any], kind: Any, tables: _Tables) -> Any:
    values: list[Any] = []
    unary, binary = tables
    for operation, left, right in program.instructions:
        if operation in binary:
            values.append(binary[operation](values[left], values[right]))
        elif operation in unary:
            values.append(unary[operation](values[left]))
        elif operation == "integer_power":
            values.append(values[left] ** right)
        elif operation == "symbol":
            values.append(_exact(point[program.symbols[left]], kind))
        elif operation == "number":
            values.append(_exact(left, kind))
        elif operation == "nowhere":
            values.append(kind("nan"))
        elif operation == "choose":
            values.append(values[right[0] if _positive(values[left]) else right[1]])
        elif operation == "series":
            bounds = values[right[0]], values[right[1]]
            values.append(_series(left, bounds, point, kind, tables))
        else:
            values.append(_constant(left, kind))
    return values[-1]


def _positive(gap: Any) -> bool:
    """Tell a positive from a negative ball. Raises `ValueError` for one that may be nil, or is not real."""
    real = gap if isinstance(gap, arb) else gap.real if gap.imag.contains(0) else None
    if real is None or real.contains(0) or not real.is_finite():
        raise ValueError(gap)
    return bool(real > 0)


def _exact(value: Fraction, kind: Any) -> Any:
    return kind(value.numerator) if value.denominator == 1 else kind(fmpq(value.numerator, value.denominator))


def _constant(name: str, kind: Any) -> Any:
    """Give e, π or i; i has no real value, and infinity none at all. Raises `ValueError`."""
    if name == "oo" or (name == "i" and kind is arb):
        raise ValueError(name)
    return kind(0, 1) if name == "i" else kind.pi() if name == "pi" else kind(1).exp()


def _series(
    what: tuple[str, str, Program],
    bounds: tuple[Any, Any],
    point: Mapping[str, Any],
    kind: Any,
    tables: _Tables,
) -> Any:
    """Add or multiply term by term. Raises `ValueError` where a bound is no whole number, or there are too many."""
    sort, index, body = what
    low, high = (bound.unique_fmpz() for bound in bounds)
    if low is None or high is None or (int(high) - int(low)) * body.weight > MAX_TERMS:
        raise ValueError(sort)
    total = kind(0 if sort == "sum" else 1)
    for number in range(int(low), int(high) + 1):
        term = _value(body, {**point, index: Fraction(number)}, kind, tables)
        total = total + term if sort == "sum" else total * term
    return total
