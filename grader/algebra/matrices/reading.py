"""Matrix formulas as people type them, on paper (`X^T dZ`) or in Python (`X.T @ dZ`, `np.dot(X.T, dZ)`).

All products bind alike, from left to right, as in Python. `*` is the product of elements in Python; on paper it may
be either product, and both readings are kept open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from grader.algebra.matrices.bounds import bounded, indexed
from grader.algebra.matrices.calls import (
    applied,
    arguments,
    attribute,
    raised_function,
    refuse_repeated,
    step,
)
from grader.algebra.matrices.lexer import matrix_tokens
from grader.algebra.matrices.names import MatrixSymbols
from grader.algebra.matrices.nodes import Matrix, Operation
from grader.algebra.reader.lexer import Token
from grader.algebra.reader.plain_text import answer_span
from grader.algebra.sizes import MAX_DEPTH, MAX_MATRIX_POWER
from grader.algebra.unreadable import Unreadable, Wanted

_PYTHON = re.compile(r"@|\.\s*T\b|\b(?:np|numpy)\s*\.|\.\s*(?:dot|sum|mean|transpose)\s*\(|\baxis\b")
_LOOSE_BOUND = re.compile(r"(?<=_)(\s*[A-Za-z]\s*)=(?=[\s\w+-]{1,24}\^)")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_PRODUCTS: dict[str, Operation] = {"@": "product", "*": "star", "⊙": "elements", "/": "divide"}
_OPERANDS = frozenset(
    {"number", "symbol", "indexed", "identity", "function", "open", "fraction", "bounds", "bar"}
)


def read_matrix(text: str, symbols: MatrixSymbols, *, python: bool | None = None) -> Matrix:
    """Read a matrix formula; `python` says whether `*` is that of Python (None: as the text looks).

    Raises `Unreadable`.
    """
    text = _LOOSE_BOUND.sub("\\1≔", text)  # `sum_i=1^k`: no sign of equality between formulas
    start, end = answer_span(text)
    blank = " " * start + text[start:end]
    tokens = matrix_tokens(blank, symbols)
    reader = MatrixReader(tokens, blank, symbols, bool(_PYTHON.search(text)) if python is None else python)
    node = reader.sum()
    if reader.token.kind != "end":
        raise reader.unreadable("opening_bracket" if reader.token.kind == "close" else "operator_expected")
    return node


class MatrixReader:
    """A parser over the tokens of one text."""

    def __init__(self, tokens: list[Token], text: str, symbols: MatrixSymbols, python: bool) -> None:
        self.tokens = tokens
        self.text = text
        self.symbols = symbols
        self.families = {family.name: family for family in symbols.patterns}
        self.python = python
        self.place = self.depth = self.nested = self.bars = 0

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.place]

    def unreadable(self, wanted: Wanted) -> Unreadable:
        """The error that something else is wanted in place of the next token."""
        kind, value, column = self.token
        return Unreadable(column, wanted, "" if kind == "end" else str(value))

    def follows(self, *operators: str) -> bool:
        """Whether one of these operators comes next."""
        return self.token.kind == "operator" and self.token.value in operators

    def take(self) -> Token:
        """Give the next token and go on."""
        self.place += 1
        return self.tokens[self.place - 1]

    def expect(self, operator: str) -> None:
        """Take this operator."""
        if not self.follows(operator):
            raise self.unreadable("operator_expected")
        self.take()

    def make(self, operation: Operation, start: int, *parts: Matrix, value: Any = None) -> Matrix:
        """A part of the formula that began at column `start` and has just been read."""
        text = self.text[start - 1 : self.token.column - 1].strip()
        return Matrix(operation, parts, value, start, text)

    def sum(self) -> Matrix:
        """Read a whole expression."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.unreadable("too_deep")
        start = self.token.column
        total = self.signed(self.product)
        while self.follows("+", "-"):
            operation: Operation = "add" if self.take().value == "+" else "subtract"
            total = self.make(operation, start, total, self.signed(self.product))
            self.nest()
        self.depth -= 1
        return total

    def nest(self) -> None:
        """Count an operation around what has been read: in all there may be `MAX_DEPTH`, so that no tree is deep."""
        self.nested += 1
        if self.nested > MAX_DEPTH:
            raise self.unreadable("too_deep")

    def signed(self, inner: Callable[[], Matrix]) -> Matrix:
        """Read any signs in front, then what they belong to."""
        start = self.token.column
        negative = False
        while self.follows("+", "-"):
            negative ^= self.take().value == "-"
            self.nest()
        node = inner()
        return self.make("negate", start, node) if negative else node

    def product(self) -> Matrix:
        """Read a product, from left to right."""
        start = self.token.column
        total = self.factor()
        while self.multiplies():
            total = self._joined(self.operation(), start, total, self.signed(self.factor))
            self.nest()
        return total

    def multiplies(self) -> bool:
        """Whether a further factor follows, with a sign or without."""
        return self.follows(*_PRODUCTS) or (self.token.kind in _OPERANDS - {"number"} and not self._closes())

    def operation(self) -> Operation:
        """Take the sign between two factors; none is the product of matrices."""
        if not self.follows(*_PRODUCTS):
            return "product"
        operation = _PRODUCTS[self.take().value]
        return "elements" if operation == "star" and self.python else operation

    def _closes(self) -> bool:
        """Whether what comes next ends what has been read: bounds behind it, or the bar that was opened before."""
        return (self.token.kind == "bounds" and self.token.value[2] == "trailing") or (
            self.token.kind == "bar" and self.bars > 0
        )

    def _joined(self, operation: Operation, start: int, left: Matrix, right: Matrix) -> Matrix:
        """A product; with a row of ones in front (`1ᵀ X`), the sum over the rows of what follows."""
        ones = left.operation == "transpose" and left.parts[0].operation == "number"
        if ones and left.parts[0].value == 1 and operation in ("product", "star"):
            return self.make("sum", start, right, value=0)
        if (
            left.operation == "ones" and "," not in left.text and operation == "product"
        ):  # of one dimension: a row
            left = self.make("transpose", start, left)
        return self.make(operation, start, left, right)

    def factor(self) -> Matrix:
        """Read an operand with what stands behind it: transposes, powers, methods."""
        start = self.token.column
        node = self.operand()
        while True:
            if self.follows("⊤", "'") or (self.token.kind == "transpose" and self.token.value == "T"):
                self.take()
                node = self.make("transpose", start, node)
            elif self.follows("^"):
                self.take()
                node = self._raised(node, start)
            elif self.token.kind == "raised":
                node = self._superscript(node, start)
            elif self.token.kind == "attribute":
                node = attribute(self, node, start)
            else:
                return node
            self.nest()

    def _raised(self, node: Matrix, start: int) -> Matrix:
        """Read what follows `^`: T (even where a matrix is called so), ⊤ or −1, or a small power, in braces, too."""
        braces = self.token.kind == "open"
        closing = _CLOSING[self.take().value] if braces else ""
        named = self.token.kind == "symbol" and self.token.value in ("T", "t")
        if named or self.token.kind == "transpose" or self.follows("⊤"):
            self.take()
            operation: Operation = "transpose"
        elif self.follows("-"):
            self.take()
            if (self.token.kind, self.token.value) != ("number", 1):
                raise self.unreadable("transpose_expected")
            self.take()
            operation = "inverse"
        else:
            return self._power(node, start, closing)
        if braces:
            self.close(closing)
        return self.make(operation, start, node)

    def _superscript(self, node: Matrix, start: int) -> Matrix:
        if self.token.value == -1:
            self.take()
            return self.make("inverse", start, node)
        return self._power(node, start, "")

    def _power(self, node: Matrix, start: int, closing: str) -> Matrix:
        exponent = self.token.value if self.token.kind in ("number", "raised") else None
        if exponent is None or exponent.denominator != 1 or not 1 <= exponent <= MAX_MATRIX_POWER:
            raise self.unreadable("transpose_expected")
        self.take()
        if closing:
            self.close(closing)
        refuse_repeated(self, node, int(exponent))
        total = node
        for _ in range(int(exponent) - 1):
            total = self.make("elements" if self.python else "star", start, total, node)
        return total

    def close(self, closing: str) -> None:
        """Take the closing bracket, which must be this one."""
        if self.token.kind != "close" or self.token.value != closing:
            ended = self.token.kind in ("end", "close")
            raise self.unreadable("closing_bracket" if ended else "operator_expected")
        self.take()

    def operand(self) -> Matrix:
        """Read what binds tightest: a symbol, a number, a function, or what stands in brackets."""
        kind, value, column = self.token
        match kind:
            case "number" | "symbol":
                self.take()
                if self.token.kind == "number":
                    raise self.unreadable("operator_expected")
                return self.make(kind, column, value=value)
            case "identity":
                self.take()
                return self.make("identity", column, value=value)
            case "indexed":
                self.take()
                return indexed(self, value, column)
            case "open":
                self.take()
                node = step(self, self.sum(), column)
                self.close(_CLOSING[value])
                return node
            case "transpose":
                self.take()
                if self.token.kind != "open":
                    raise self.unreadable("opening_bracket")
                return self.make("transpose", column, self.operand())
            case "bar":
                return self._norm(column)
            case "fraction":
                self.take()
                return self.make("divide", column, self._part(), self._part())
            case "bounds" if value[2] != "trailing":
                return bounded(self, column)
            case "function":
                return self._function(value, column)
        raise self.unreadable("expression_expected")

    def _function(self, name: str, column: int) -> Matrix:
        self.take()
        if self.follows("^") or self.token.kind == "raised":  # tanh^2(Z)
            return raised_function(self, name, column)
        if self.token.kind != "open":
            if name in ("dot", "outer", "ones", "identity", "multiply"):
                raise self.unreadable("opening_bracket")
            return applied(self, name, (self.factor(),), None, column, column)
        doubled = name == "ones" and self.tokens[self.place + 1].kind == "open"  # ones((N, 1))
        if doubled:
            self.take()
        parts, axis = arguments(self, empty=False)
        if doubled:
            self.close(")")
        return applied(self, name, parts, axis, column, column)

    def _norm(self, column: int) -> Matrix:
        """Read what stands between bars, single or double."""
        bars = 0
        while self.token.kind == "bar" and bars < 2:
            self.take()
            bars += 1
        self.bars += 1
        body = self.sum()
        self.bars -= 1
        for _ in range(bars):
            if self.token.kind != "bar":
                raise self.unreadable("closing_bar")
            self.take()
        return self.make("norm", column, body)

    def _part(self) -> Matrix:
        if self.token.kind in ("open", "number", "symbol", "indexed"):
            return self.operand()
        raise self.unreadable("expression_expected")
