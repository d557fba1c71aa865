"""Formulas as people type them, in plain text, LaTeX or Python, read into trees; nothing is ever evaluated.

Precedence, from loose to tight: sums; products and quotients, written or not, from left to right (`1/2x` is x/2);
powers, from right to left. A function without brackets takes the numbers and symbols that follow, up to the next
sign, bracket or function: `sin 2xy` is sin(2xy), `sin x cos y` is sin(x)·cos(y), `sin x / 2` is sin(x)/2.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from grader.algebra.calls import RESTRICTED, call
from grader.algebra.lexer import Token, tokens_of
from grader.algebra.names import Symbols
from grader.algebra.nodes import (
    Call,
    Constant,
    Derivative,
    Negative,
    Node,
    Number,
    Power,
    Quotient,
    Symbol,
    number,
    product_of,
    sum_of,
)
from grader.algebra.sizes import MAX_DEPTH, MAX_NESTED, check_derivative, check_exponent
from grader.algebra.unreadable import Unreadable

__all__ = ["Unreadable", "read"]

CLOSING = {"(": ")", "[": "]", "{": "}"}
FACTORS = frozenset({"number", "symbol", "constant", "function", "open", "fraction", "root", "by", "of"})
"""Kinds of tokens with which a factor can begin; a bar, too, where none is open."""


def read(text: str, symbols: Symbols) -> Node:
    """Read a formula; of `a = b = c`, what follows the last sign of equality. Raises `Unreadable`.

    What was read last is kept: one answer is compared with dozens of readings.
    """
    return _read(text, symbols)


@lru_cache(maxsize=128)
def _read(text: str, symbols: Symbols) -> Node:
    start, end = answer_span(text)
    blank = " " * start + text[start:end]
    reader = Reader(tokens_of(blank, symbols), symbols)
    node = reader.expression(0)
    if reader.token.kind != "end":
        wanted = "opening_bracket" if reader.token.kind == "close" else "operator_expected"
        raise reader.unreadable(wanted)
    return node


def answer_span(text: str) -> tuple[int, int]:
    """Cut off what stands before the last sign of equality outside brackets, and the full stop at the end."""
    end = len(text)
    while end and (text[end - 1].isspace() or text[end - 1] in ".,;$"):
        end -= 1
    depth = start = 0
    for place in range(end):
        if text[place] in "([{":
            depth += 1
        elif text[place] in ")]}":
            depth -= 1
        elif text[place] == "=" and depth <= 0:
            start = place + 1
    return start, end


class Reader:
    """A Pratt parser over the tokens of one text."""

    def __init__(self, tokens: list[Token], symbols: Symbols) -> None:
        self.tokens = tokens
        self.symbols = symbols
        self.place = 0
        self.depth = 0
        self.nested = 0
        self.bars = 0

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.place]

    def unreadable(self, wanted: str) -> Unreadable:
        """The error that something else is wanted in place of the next token."""
        kind, value, column = self.token
        return Unreadable(column, wanted, "" if kind == "end" else str(value))  # type: ignore[arg-type]

    def take(self) -> Token:
        """Give the next token and go on."""
        token = self.tokens[self.place]
        self.place += 1
        return token

    def follows(self, *operators: str) -> bool:
        """Tell whether one of these operators comes next."""
        token = self.token
        return token.kind == "operator" and token.value in operators

    def nest(self) -> None:
        """Count a node around what has been read: in all there may be `MAX_NESTED`, so that no tree is deep."""
        self.nested += 1
        if self.nested > MAX_NESTED:
            raise self.unreadable("too_deep")

    def expression(self, binding: int) -> Node:
        """Read as long as operators bind tighter than `binding`: 0 sums, 1 products, 2 powers."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.unreadable("too_deep")
        node = self._sum() if binding == 0 else self._product() if binding == 1 else self._power()
        self.depth -= 1
        return node

    def _sum(self) -> Node:
        terms = [self._signed(1)]
        while self.follows("+", "-"):
            sign = self.take().value
            term = self._signed(1)
            terms.append(Negative(term) if sign == "-" else term)
        return sum_of(terms)

    def _signed(self, binding: int) -> Node:
        """Read any signs in front, then what they belong to."""
        signs = 0
        while self.follows("+", "-"):
            signs += self.take().value == "-"
            if signs > 1:
                self.nest()
        node = self.expression(binding)
        for _ in range(signs):
            node = Negative(node)
        return node

    def _product(self) -> Node:
        factors = [self._power()]
        while True:
            if self.follows("*"):
                self.take()
                factors.append(self._signed(2))
            elif self.follows("/"):
                self.take()
                factors = [Quotient(product_of(factors), self._signed(2))]
                self.nest()
            elif self.token.kind in FACTORS - {"number"} or (self.token.kind == "bar" and not self.bars):
                factors.append(self._power())
            else:
                return product_of(factors)

    def _power(self) -> Node:
        base = self._primary()
        while True:
            if self.token.kind == "raised":
                self.nest()
                base = self._raise(base, number(self.take().value))
            elif self.follows("'"):
                self.nest()
                base = self._prime(base)
            else:
                break
        if self.follows("^"):
            self.take()
            base = self._raise(base, self._signed(2))
        return base

    def _raise(self, base: Node, exponent: Node) -> Node:
        column = self.tokens[self.place - 1].column
        check_exponent(exponent, column)
        return Power(base, exponent)

    def _prime(self, body: Node) -> Node:
        token = self.take()
        if not self.symbols.variable:
            raise Unreadable(token.column, "operator_expected", "'")
        if self.follows("_"):
            self.take()
            self.take()
        return self.derivative(body, self.symbols.variable, token.column)

    def derivative(self, body: Node, variable: str, column: int) -> Node:
        """Give the derivative as it is written down."""
        check_derivative(body, column)
        return Derivative(body, variable)

    def _primary(self) -> Node:
        kind, value, column = self.token
        match kind:
            case "number":
                self.take()
                if self.token.kind == "number":
                    raise self.unreadable("operator_expected")
                return Number(value)
            case "symbol":
                return Symbol(self.take().value)
            case "constant":
                return Constant(self.take().value)
            case "function":
                return call(self)
            case "open":
                return self.group()
            case "bar":
                return self._bars()
            case "fraction":
                self.take()
                return Quotient(self.part(), self.part())
            case "root":
                return self._root()
            case "by":
                self.take()
                return self.derivative(self._operand(), value, column)
            case "of":
                self.take()
                return self._of(column)
        raise self.unreadable("expression_expected")

    def group(self) -> Node:
        """Read an expression in brackets."""
        items = self.items()
        if len(items) != 1:
            raise self.unreadable("argument_count")
        return items[0]

    def items(self) -> list[Node]:
        """Read expressions in brackets, parted by commas."""
        if self.token.kind != "open":
            raise self.unreadable("opening_bracket")
        opening = self.take()
        bars, self.bars = self.bars, 0
        items = [self.expression(0)]
        while self.follows(",", ";"):
            self.take()
            items.append(self.expression(0))
        self.close(CLOSING[opening.value])
        self.bars = bars
        return items

    def close(self, bracket: str) -> None:
        """Take the closing bracket, which must be this one."""
        if self.token.kind != "close" or self.token.value != bracket:
            starts = self.token.kind in ("end", "close")
            raise self.unreadable("closing_bracket" if starts else "operator_expected")
        self.take()

    def part(self) -> Node:
        """Read one part of a LaTeX command: a group in braces, or a single sign."""
        if self.token.kind == "open":
            return self.group()
        if self.token.kind in RESTRICTED:
            kind, value, _ = self.take()
            return (
                Number(value) if kind == "number" else Symbol(value) if kind == "symbol" else Constant(value)
            )
        raise self.unreadable("expression_expected")

    def _bars(self) -> Node:
        self.take()
        self.bars += 1
        body = self.expression(0)
        if self.token.kind != "bar":
            raise self.unreadable(
                "closing_bar" if self.token.kind in ("end", "close") else "operator_expected"
            )
        self.take()
        self.bars -= 1
        return Call("abs", (body,))

    def _root(self) -> Node:
        self.take()
        if self.token.kind == "open" and self.token.value == "[":
            degree = self.group()
            return Power(self.part(), Quotient(Number(Fraction(1)), degree))
        return Call("sqrt", (self.expression(2),))

    def _operand(self) -> Node:
        """What `d/dy` stands before: a group with its power, or a product without signs."""
        if self.token.kind == "open":
            return self.expression(2)
        factors = [self.expression(2)]
        while self.token.kind in FACTORS:
            factors.append(self.expression(2))
        return product_of(factors)

    def _of(self, column: int) -> Node:
        body = self.group()
        if self.token.kind != "after":
            raise self.unreadable("variable_expected")
        return self.derivative(body, self.take().value, column)
