"""Matrix formulas as people type them, on paper (`X^T dZ`) or in Python (`X.T @ dZ`, `np.dot(X.T, dZ)`).

All products bind alike, from left to right, as in Python. `*` is the product of elements in Python; on paper it may
be either product, and both readings are kept open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Literal

from msgspec import Struct

from grader.algebra.lexer import Token, tokens_of
from grader.algebra.names import Symbols
from grader.algebra.reading import answer_span
from grader.algebra.sizes import MAX_DEPTH
from grader.algebra.unreadable import Unreadable, Wanted

Operation = Literal[
    "number",
    "symbol",
    "negate",
    "add",
    "subtract",
    "divide",
    "transpose",
    "product",
    "elements",
    "star",
    "outer",
    "sum",
    "mean",
    "size",
    "apply",
]


class Matrix(Struct, frozen=True):
    """A matrix or a scalar, made by `operation` from `parts`; `text` is how it was written, at `column`.

    `value` is the number, the name of a symbol or function, or the axis of a sum, a mean or a size (None: all).
    "product" is the product of matrices, "elements" that of elements, "star" either.
    """

    operation: Operation
    parts: tuple[Matrix, ...] = ()
    value: Any = None
    column: int = 0
    text: str = ""


_PYTHON = re.compile(r"@|\.\s*T\b|\b(?:np|numpy)\s*\.|\.\s*(?:dot|sum|mean|transpose)\s*\(|\baxis\b")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_PRODUCTS: dict[str, Operation] = {"@": "product", "*": "star", "⊙": "elements", "/": "divide"}
_OPERANDS = frozenset({"number", "symbol", "function", "open", "fraction"})


def read_matrix(text: str, symbols: Symbols, *, python: bool | None = None) -> Matrix:
    """Read a matrix formula; `python` says whether `*` is that of Python (None: as the text looks).

    Raises `Unreadable`.
    """
    start, end = answer_span(text)
    blank = " " * start + text[start:end]
    tokens = tokens_of(blank, symbols)
    reader = _MatrixReader(tokens, blank, bool(_PYTHON.search(text)) if python is None else python)
    node = reader.sum()
    if reader.token.kind != "end":
        raise reader.unreadable("opening_bracket" if reader.token.kind == "close" else "operator_expected")
    return node


def parts_of(node: Matrix) -> Iterator[Matrix]:
    """Visit the formula and everything in it."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(here.parts)


class _MatrixReader:
    def __init__(self, tokens: list[Token], text: str, python: bool) -> None:
        self.tokens = tokens
        self.text = text
        self.python = python
        self.place = 0
        self.depth = 0
        self.nested = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.place]

    def unreadable(self, wanted: Wanted) -> Unreadable:
        kind, value, column = self.token
        return Unreadable(column, wanted, "" if kind == "end" else str(value))

    def follows(self, *operators: str) -> bool:
        return self.token.kind == "operator" and self.token.value in operators

    def take(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def expect(self, operator: str) -> None:
        if not self.follows(operator):
            raise self.unreadable("operator_expected")
        self.take()

    def make(self, operation: Operation, start: int, *parts: Matrix, value: Any = None) -> Matrix:
        text = self.text[start - 1 : self.token.column - 1].strip()
        return Matrix(operation, parts, value, start, text)

    def sum(self) -> Matrix:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.unreadable("too_deep")
        start = self.token.column
        total = self._signed(self._product)
        while self.follows("+", "-"):
            operation: Operation = "add" if self.take().value == "+" else "subtract"
            total = self.make(operation, start, total, self._signed(self._product))
            self.nest()
        self.depth -= 1
        return total

    def nest(self) -> None:
        """Count an operation around what has been read: in all there may be `MAX_DEPTH`, so that no tree is deep."""
        self.nested += 1
        if self.nested > MAX_DEPTH:
            raise self.unreadable("too_deep")

    def _signed(self, inner: Any) -> Matrix:
        start = self.token.column
        negative = False
        while self.follows("+", "-"):
            negative ^= self.take().value == "-"
            self.nest()
        node: Matrix = inner()
        return self.make("negate", start, node) if negative else node

    def _product(self) -> Matrix:
        start = self.token.column
        total = self._factor()
        while True:
            if self.follows(*_PRODUCTS):
                operation = _PRODUCTS[self.take().value]
                if operation == "star" and self.python:
                    operation = "elements"
                total = self.make(operation, start, total, self._signed(self._factor))
            elif self.token.kind in _OPERANDS - {"number"}:
                total = self.make("product", start, total, self._factor())
            else:
                return total
            self.nest()

    def _factor(self) -> Matrix:
        start = self.token.column
        node = self._operand()
        while True:
            if (self.token.kind == "transpose" and self.token.value == "T") or self.follows("⊤"):
                self.take()
                node = self.make("transpose", start, node)
            elif self.follows("^"):
                self.take()
                self._transposition()
                node = self.make("transpose", start, node)
            elif self.token.kind == "attribute":
                node = self._attribute(node, start)
            else:
                return node
            self.nest()

    def _transposition(self) -> None:
        """Take what stands behind `^`: T, ⊤ or either in braces."""
        braces = self.token.kind == "open"
        closing = _CLOSING[self.take().value] if braces else ""
        if self.token.kind != "transpose" and not self.follows("⊤"):
            raise self.unreadable("transpose_expected")
        self.take()
        if braces:
            self._close(closing)

    def _close(self, closing: str) -> None:
        if self.token.kind != "close" or self.token.value != closing:
            ended = self.token.kind in ("end", "close")
            raise self.unreadable("closing_bracket" if ended else "operator_expected")
        self.take()

    def _attribute(self, node: Matrix, start: int) -> Matrix:
        _, name, column = self.take()
        if name == "T":
            return self.make("transpose", start, node)
        if name == "shape":
            if self.token.kind != "open" or self.token.value != "[":
                raise self.unreadable("opening_bracket")
            self.take()
            size = self._axis()
            self._close("]")
            return self.make("size", start, node, value=size)
        parts, axis = self._arguments(empty=name != "dot")
        return self._applied(name, (node, *parts), axis, start, column)

    def _operand(self) -> Matrix:
        kind, value, column = self.token
        match kind:
            case "number" | "symbol":
                self.take()
                if self.token.kind == "number":
                    raise self.unreadable("operator_expected")
                return self.make(kind, column, value=value)
            case "open":
                self.take()
                node = self.sum()
                self._close(_CLOSING[value])
                return node
            case "fraction":
                self.take()
                return self.make("divide", column, self._part(), self._part())
            case "function":
                self.take()
                if self.token.kind != "open":
                    operand = self._factor() if value not in ("dot", "outer") else None
                    if operand is None:
                        raise self.unreadable("opening_bracket")
                    return self._applied(value, (operand,), None, column, column)
                parts, axis = self._arguments(empty=False)
                return self._applied(value, parts, axis, column, column)
        raise self.unreadable("expression_expected")

    def _part(self) -> Matrix:
        if self.token.kind in ("open", "number", "symbol"):
            return self._operand()
        raise self.unreadable("expression_expected")

    def _arguments(self, *, empty: bool) -> tuple[tuple[Matrix, ...], int | None]:
        """Read arguments in brackets; `axis=0` and `keepdims=True` may be among them."""
        if self.token.kind != "open":
            raise self.unreadable("opening_bracket")
        closing = _CLOSING[self.take().value]
        parts: list[Matrix] = []
        axis: int | None = None
        while not (empty and not parts and self.token.kind == "close"):
            if self.token.kind == "keyword":
                name = self.take().value
                self.expect("=")
                if name == "axis":
                    axis = self._axis()
                else:
                    self.take()
            else:
                parts.append(self.sum())
            if not self.follows(","):
                break
            self.take()
        self._close(closing)
        return tuple(parts), axis

    def _axis(self) -> int:
        negative = self.follows("-")
        if negative:
            self.take()
        kind, value, _ = self.token
        if kind != "number" or value not in (0, 1, 2):
            raise self.unreadable("number_expected")
        self.take()
        axis = -int(value) if negative else int(value)
        if not -2 <= axis <= 1:
            raise self.unreadable("number_expected")
        return axis % 2

    def _applied(
        self, name: str, parts: tuple[Matrix, ...], axis: int | None, start: int, column: int
    ) -> Matrix:
        two: dict[str, Operation] = {"dot": "product", "multiply": "elements", "outer": "outer"}
        if name in two and len(parts) == 2:
            return self.make(two[name], start, *parts)
        if name in ("sum", "mean") and len(parts) == 2 and parts[1].value in (Fraction(0), Fraction(1)):
            axis = int(parts[1].value)
            parts = parts[:1]
        if len(parts) != 1 or name in two:
            raise Unreadable(column, "argument_count", name)
        match name:
            case "sum":
                return self.make("sum", start, *parts, value=axis)
            case "mean":
                return self.make("mean", start, *parts, value=axis)
            case "transpose":
                return self.make("transpose", start, *parts)
            case "len":
                return self.make("size", start, *parts, value=0)
        return self.make("apply", start, *parts, value=name)
