"""The child of `proving`: builds sympy's expressions from trees, and tries to reduce their difference to zero."""

from __future__ import annotations

import json
import operator
import resource
import sys
from collections.abc import Callable
from math import ceil
from typing import Any

import sympy

_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ln": sympy.log,
    "log": lambda base, u: sympy.log(u) / sympy.log(base),
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
    "quotient": operator.truediv,
    "power": operator.pow,
}
_CONSTANTS = {"e": sympy.E, "pi": sympy.pi, "i": sympy.I, "oo": sympy.oo}


def built(tree: list[Any], positive: set[str]) -> Any:
    """Build an expression. Raises `KeyError` for what is not known here."""
    kind, *rest = tree
    match kind:
        case "number":
            return sympy.Rational(int(rest[0]), int(rest[1]))
        case "symbol":
            return sympy.Symbol(rest[0], real=True, positive=rest[0] in positive or None)
        case "constant":
            return _CONSTANTS[rest[0]]
        case "derivative":
            variable = sympy.Symbol(rest[0], real=True, positive=rest[0] in positive or None)
            return sympy.diff(built(rest[1], positive), variable)
        case "call":
            return _FUNCTIONS[rest[0]](*(built(part, positive) for part in rest[1:]))
    return _OPERATIONS[kind](*(built(part, positive) for part in rest))


def proves(left: Any, right: Any) -> bool:
    """Try cheap reductions first."""
    gap = left - right
    steps = (sympy.expand, sympy.simplify, lambda x: sympy.simplify(x.rewrite(sympy.exp)), sympy.logcombine)
    return any(step(gap) == 0 for step in steps)


def main() -> None:
    """Answer the one question on standard input."""
    left, right, positive, memory, seconds = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (ceil(seconds) + 1, ceil(seconds) + 1))
    sys.setrecursionlimit(10_000)
    pair = [built(tree, set(positive)) for tree in (left, right)]
    if proves(*pair):
        sys.stdout.write("proved")


if __name__ == "__main__":
    main()
