"""The child of `proving`: builds sympy's expressions from trees, and tries to reduce their difference to zero.

A system for computer algebra cancels what is not defined, and errs with an integral now and then. So there is no
proof where something is divided by what is nil, or the logarithm of it is taken, and none that numbers do not bear
out at a random point.
"""

from __future__ import annotations

import json
import operator
import resource
import sys
from collections.abc import Callable, Mapping
from typing import Any

import sympy

_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sqrt": sympy.sqrt,
    "abs": sympy.Abs,
    "tg": sympy.tan,
    "ctg": sympy.cot,
    "cosec": sympy.csc,
    "arcsin": sympy.asin,
    "arccos": sympy.acos,
    "arctg": sympy.atan,
    "arcctg": lambda u: sympy.pi / 2 - sympy.atan(u),
    "sh": sympy.sinh,
    "ch": sympy.cosh,
    "th": sympy.tanh,
    "cth": sympy.coth,
    "arsh": sympy.asinh,
    "arch": sympy.acosh,
    "arth": sympy.atanh,
    "sigmoid": lambda u: 1 / (1 + sympy.exp(-u)),
    "ceil": sympy.ceiling,
    "min": sympy.Min,
    "max": sympy.Max,
    "mod": sympy.Mod,
    **{
        name: getattr(sympy, name) for name in ("sin", "cos", "sec", "sign", "floor", "factorial", "binomial")
    },
    **{name: getattr(sympy, name) for name in ("conjugate", "erf")},
}
_OPERATIONS: dict[str, Callable[..., Any]] = {
    "negative": operator.neg,
    "sum": lambda *terms: sympy.Add(*terms),
    "product": lambda *factors: sympy.Mul(*factors),
}
_CONSTANTS = {"e": sympy.E, "pi": sympy.pi, "i": sympy.I, "oo": sympy.oo}
_SERIES = {"sum": sympy.Sum, "product": sympy.Product}
_NIL = sympy.Float("1e-12")
_DIGITS = 15


class Builder:
    """Builds expressions; `domain` says of what kind symbols are, and `point` gives each a number of that kind."""

    def __init__(self, domain: Mapping[str, str], point: Mapping[str, str]) -> None:
        self.domain = domain
        self.point = point

    def symbol(self, name: str, kind: str = "") -> Any:
        """A real symbol, or a positive one, or a positive integer."""
        kind = kind or self.domain.get(name, "")
        return sympy.Symbol(
            name,
            real=True,
            positive=kind in ("positive", "integer") or None,
            integer=kind == "integer" or None,
        )

    def value(self, expression: Any) -> Any:
        """The number that an expression is at the point; what a sum or an integral binds has one, too."""
        numbers = {symbol: self.number(symbol.name) for symbol in expression.free_symbols}
        return sympy.N(expression.subs(numbers), _DIGITS)

    def number(self, name: str) -> Any:
        """A number for a symbol."""
        return sympy.Rational(self.point.get(name, "37/29"))

    def defined(self, expression: Any) -> Any:
        """Give what something may be divided by. Raises `ValueError` for what is nil."""
        value = self.value(expression)
        if not value.is_number or abs(value) < _NIL:
            raise ValueError(expression)
        return expression

    def built(self, tree: list[Any]) -> Any:
        """Build an expression. Raises `KeyError` for what is not known here, `ValueError` for what is undefined."""
        kind, *rest = tree
        match kind:
            case "number":
                return sympy.Rational(int(rest[0]), int(rest[1]))
            case "symbol":
                return self.symbol(rest[0])
            case "constant":
                return _CONSTANTS[rest[0]]
            case "derivative":
                return sympy.diff(self.built(rest[1]), self.symbol(rest[0]))
            case "series" | "integral" | "limit":
                return self.bound(kind, rest)
            case "call":
                return self.call(rest[0], *map(self.built, rest[1:]))
        return self.joined(kind, *map(self.built, rest))

    def joined(self, kind: str, *parts: Any) -> Any:
        """Join parts by an operation."""
        if kind == "quotient":
            return parts[0] / self.defined(parts[1])
        if kind == "power":
            base, exponent = parts
            return (base if exponent.is_positive else self.defined(base)) ** exponent
        return _OPERATIONS[kind](*parts)

    def call(self, function: str, *arguments: Any) -> Any:
        """Apply a function."""
        if function == "ln":
            return sympy.log(self.defined(arguments[0]))
        if function == "log":
            base, body = map(self.defined, arguments)
            return sympy.log(body) / self.defined(sympy.log(base))
        return _FUNCTIONS[function](*arguments)

    def bound(self, kind: str, rest: list[Any]) -> Any:
        """Work out a sum, a product, an integral with bounds or a limit."""
        if kind == "series":
            name, (lower, upper, body) = rest[1], map(self.built, rest[2:])
            index = self.symbol(name)
            number = sympy.Dummy(name, integer=True)
            return _SERIES[rest[0]](body.subs(index, number), (number, lower, upper)).doit()
        symbol = self.symbol(rest[0])
        if kind == "integral":
            lower, upper, body = map(self.built, rest[1:])
            return sympy.integrate(body, (symbol, lower, upper))
        point, body = map(self.built, rest[2:])
        return sympy.limit(body, symbol, point, rest[1] or "+-")


def proves(left: Any, right: Any, builder: Builder) -> bool:
    """Try cheap reductions first; the numbers must bear them out."""
    gap = left - right
    steps = (sympy.expand, sympy.simplify, lambda x: sympy.simplify(x.rewrite(sympy.exp)), sympy.logcombine)
    if not any(step(gap) == 0 for step in steps):
        return False
    values = builder.value(left), builder.value(right)
    return all(value.is_number for value in values) and bool(
        abs(values[0] - values[1]) <= (abs(values[0]) + 1) * sympy.Float("1e-9")
    )


def main() -> None:
    """Answer the one question on standard input."""
    left, right, domain, point, memory, seconds = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    sys.setrecursionlimit(10_000)
    builder = Builder(domain, point)
    if proves(builder.built(left), builder.built(right), builder):
        sys.stdout.write("proved")


if __name__ == "__main__":
    main()
