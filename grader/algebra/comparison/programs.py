"""Expressions as flat lists of instructions: shared parts occur once, and evaluating needs no recursion."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from grader.algebra.comparison.unknown_functions import stand_in, with_stand_ins
from grader.algebra.differentiation.differentiating import derivative, primed
from grader.algebra.names import KNOWN
from grader.algebra.nodes import (
    Call,
    Constant,
    Derivative,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    is_primed,
)
from grader.algebra.sizes import MAX_EXPONENT

Instruction = tuple[str, Any, Any]


class Program(Struct, frozen=True):
    """Instructions in order; each may refer to the results of earlier ones by their numbers.

    ("number", fraction, None), ("symbol", number in `symbols`, None), ("constant", name, None), ("add" | "subtract"
    | "multiply" | "divide" | "power", left, right), ("negate" | "same", argument, None), ("integer_power", base,
    exponent as an int), (function, argument, None), (function, left, right), ("choose", what is positive in the first
    of two cases, (first, second)), ("nowhere", None, None) for a case that is missing, and ("series", (kind, index,
    program of its body), (lower, upper)). `rational`: no other than rational operations.
    """

    instructions: tuple[Instruction, ...]
    symbols: tuple[str, ...]
    rational: bool

    @property
    def partial(self) -> bool:
        """Whether a case is missing."""
        return NOWHERE in self.instructions

    @property
    def bent(self) -> bool:
        """Whether different analytic functions may meet somewhere, as those of |x − 100| do."""
        return any(operation in _BENDING for operation, _, _ in self.instructions)

    @property
    def scales(self) -> tuple[Fraction, ...]:
        """Numbers in it that are not near zero: where such functions meet is of their size."""
        found = set()
        for operation, left, right in self.instructions:
            if operation == "number":
                found.add(left)
            elif (
                operation == "integer_power"
                and self.instructions[left][0] == "number"
                and 0 < right <= MAX_FOLDED
            ):
                found.add(self.instructions[left][1] ** right)
        return tuple(sorted(number for number in found if number > NEAR_ZERO)[:MAX_SCALES])

    @property
    def weight(self) -> int:
        """About how many operations one evaluation takes."""
        inner: int = sum(left[2].weight for operation, left, _ in self.instructions if operation == "series")
        return len(self.instructions) + USUAL_TERMS * inner


_BENDING = frozenset(
    {"sqrt", "power", "abs", "sign", "floor", "ceil", "mod", "minimum", "maximum", "choose", "series"}
)
NEAR_ZERO = 2
MAX_SCALES = 6
MAX_FOLDED = 24
USUAL_TERMS = 16
NOWHERE: Instruction = ("nowhere", None, None)
MAX_TERMS = 10_000
"""Operations that one sum or product may take; one with more has no value."""

_FOLDED = MappingProxyType({"min": "minimum", "max": "maximum"})
_TABULAR = frozenset({"transpose", "det", "trace", "adjugate"})
_TWO = frozenset({"mod", "binomial"})
_RATIONAL = frozenset(
    {"same", "number", "symbol", "add", "subtract", "multiply", "divide", "negate", "integer_power"}
)


class _Compiler:
    def __init__(self) -> None:
        self.instructions: dict[Instruction, int] = {}
        self.symbols: dict[str, int] = {}

    def emit(self, operation: str, left: Any = None, right: Any = None) -> int:
        return self.instructions.setdefault((operation, left, right), len(self.instructions))

    def compile(self, node: Node) -> int:
        match node:
            case Number(value=value):
                return self.emit("number", value)
            case Symbol(name=name):
                return self.emit("symbol", self.symbols.setdefault(name, len(self.symbols)))
            case Constant(name=name):
                return self.emit("constant", name)
            case Negative(body=body):
                return self.emit("negate", self.compile(body))
            case Sum(terms=parts):
                return self._chain("add", parts)
            case Product(factors=parts):
                return self._chain("multiply", parts)
            case Quotient(numerator=above, denominator=below):
                return self.emit("divide", self.compile(above), self.compile(below))
            case Power(base=base, exponent=exponent):
                return self._power(base, exponent)
            case Call(function="log", arguments=(base, body)):
                return self.emit(
                    "divide", self.emit("ln", self.compile(body)), self.emit("ln", self.compile(base))
                )
            case Call():
                return self._call(node)
        return self._other(node)

    def _other(self, node: Node) -> int:
        """What has no value at a point, such as an integral, becomes infinity, which has none either."""
        match node:
            case Series():
                return self._series(node)
            case Derivative(body=body, variable=variable):
                return self.compile(derivative(with_stand_ins(body), variable))
        return self.emit("constant", "oo")

    def _call(self, node: Call) -> int:
        function, arguments = node.function, node.arguments
        if function in _TABULAR:
            return self.emit("constant", "oo")
        if function in _FOLDED:
            return self._chain(_FOLDED[function], arguments)
        if function == "where":
            return self._where(*map(self.compile, arguments))
        if function in _TWO:
            return self.emit(function, *map(self.compile, arguments))
        if is_primed(node):
            return self.compile(primed(function, arguments[0]))
        if len(arguments) > 1 or function not in KNOWN:
            return self.compile(stand_in(function, arguments))
        return self.emit(function, self.compile(arguments[0]))

    def _where(self, gap: int, value: int, other: int | None = None) -> int:
        """A choice; without a second case there is no value where the first does not apply."""
        if other is None:
            other = self.emit("nowhere")
        return self.emit("choose", gap, (value, other))

    def _series(self, series: Series) -> int:
        """A loop over a program of its own, whose index is the last of its symbols."""
        inner = compiled(series.body)
        for name in inner.symbols:
            if name != series.index:
                self.symbols.setdefault(name, len(self.symbols))
        bounds = self.compile(series.lower), self.compile(series.upper)
        return self.emit("series", (series.kind, series.index, inner), bounds)

    def _chain(self, operation: str, parts: tuple[Node, ...]) -> int:
        total = self.compile(parts[0])
        for part in parts[1:]:
            if operation == "add" and isinstance(part, Negative):
                total = self.emit("subtract", total, self.compile(part.body))
            else:
                total = self.emit(operation, total, self.compile(part))
        return total

    def _power(self, base: Node, exponent: Node) -> int:
        if base == Constant("e"):
            return self.emit("exp", self.compile(exponent))
        value = _integer(exponent)
        if value is not None and abs(value) <= MAX_EXPONENT:
            return self.emit("integer_power", self.compile(base), value)
        if exponent in (_HALF, Number(Fraction(1, 2))):
            return self.emit("sqrt", self.compile(base))
        return self.emit("power", self.compile(base), self.compile(exponent))


_HALF = Quotient(Number(Fraction(1)), Number(Fraction(2)))


def _integer(node: Node) -> int | None:
    if isinstance(node, Negative):
        inner = _integer(node.body)
        return None if inner is None else -inner
    return int(node.value) if isinstance(node, Number) and node.value.denominator == 1 else None


@lru_cache(maxsize=1024)
def compiled(node: Node) -> Program:
    """Give the program of `node`; derivatives are carried out."""
    compiler = _Compiler()
    last = compiler.compile(node)
    instructions = tuple(compiler.instructions)
    if last != len(instructions) - 1:
        instructions += (("same", last, None),)
    rational = all(operation in _RATIONAL for operation, _, _ in instructions)
    return Program(instructions, tuple(compiler.symbols), rational)
