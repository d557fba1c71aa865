"""Formulas as people type them, in plain text, LaTeX or Python, read into trees; nothing is ever evaluated.

Precedence, from loose to tight: sums; products and quotients, written or not, from left to right (`1/2x` is x/2);
powers, from right to left. A function without brackets takes the numbers and symbols that follow, up to the next
sign, bracket or function: `sin 2xy` is sin(2xy), `sin x cos y` is sin(x)·cos(y), `sin x / 2` is sin(x)/2.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from grader.algebra.names import Symbols
from grader.algebra.nodes import (
    ONE,
    Call,
    Constant,
    Negative,
    Node,
    Number,
    Quotient,
    Symbol,
    product_of,
    sum_of,
)
from grader.algebra.reader.calls import RESTRICTED, call
from grader.algebra.reader.cases import indicator
from grader.algebra.reader.forms import FORMS, bars, enclosed, of, operand, whole
from grader.algebra.reader.latex_signs import BRACKETS as CLOSING
from grader.algebra.reader.lexer import Token, tokens_of
from grader.algebra.reader.patterns import bound_names
from grader.algebra.reader.plain_text import answer_span, plain_text
from grader.algebra.reader.powers import derivative_of, power
from grader.algebra.sizes import MAX_DEPTH, MAX_NESTED
from grader.algebra.unreadable import Unreadable, Wanted

__all__ = ["Unreadable", "read"]

FACTORS = frozenset({"symbol", "constant", "function", "open", "by", "of", "differential", *FORMS})
"""Kinds of tokens with which a factor can begin anywhere; a number and a bar can in some places."""
_MAY_PRIME = re.compile(r"""['"`\\]|[^\x00-\x7f]""")
"""Without these signs there is no prime, which is all that `Symbols.variable` is about."""


def read(text: str, symbols: Symbols) -> Node:
    """Read a formula; of `a = b = c`, what follows the last sign of equality. Raises `Unreadable`.

    What was read last is kept: one answer is compared with dozens of readings.
    """
    if symbols.variable and not _MAY_PRIME.search(text):
        # whoever asks with another variable need not read it again
        symbols = replace(symbols, variable="")
    return _read(text, symbols)


@lru_cache(maxsize=128)
def _read(text: str, symbols: Symbols) -> Node:
    start, end = answer_span(text)
    blank = " " * start + text[start:end]
    reader = Reader(tokens_of(blank, symbols), symbols)
    node = reader.expression(0)
    reader.finish()
    reader.check_bound(blank)
    return node


class Reader:
    """A Pratt parser over the tokens of one text."""

    def __init__(self, tokens: list[Token], symbols: Symbols) -> None:
        self.tokens = tokens
        self.symbols = symbols
        self.place = 0
        self.depth = 0
        self.nested = 0
        self.bars = 0
        self.differential = ""
        self.scopes: list[tuple[str, range]] = []

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.place]

    def unreadable(self, wanted: Wanted) -> Unreadable:
        """The error that something else is wanted in place of the next token."""
        kind, value, column = self.token
        return Unreadable(column, wanted, "" if kind == "end" else str(value))

    def take(self) -> Token:
        """Give the next token and go on."""
        token = self.tokens[self.place]
        self.place += 1
        return token

    def follows(self, *operators: str) -> bool:
        """Tell whether one of these operators comes next."""
        kind, value, _ = self.tokens[self.place]
        return kind == "operator" and value in operators

    def nest(self) -> None:
        """Count a node around what has been read: in all there may be `MAX_NESTED`, so that no tree is deep."""
        self.nested += 1
        if self.nested > MAX_NESTED:
            raise self.unreadable("too_deep")

    def finish(self) -> None:
        """Make sure that everything has been read."""
        if self.token.kind != "end":
            raise self.unreadable("opening_bracket" if self.token.kind == "close" else "operator_expected")

    def check_bound(self, text: str) -> None:
        """Refuse a name outside the sum or product that binds it, if it is not declared, too."""
        bound = () if self.symbols.open else bound_names(plain_text(text)[0])
        if not bound:
            return
        for place, (kind, value, column) in enumerate(self.tokens):
            loose = kind == "symbol" and value in bound and value not in self.symbols.names
            if loose and not any(name == value and place in places for name, places in self.scopes):
                raise Unreadable(column, "unknown_name", value, self.symbols.names)

    def expression(self, binding: int) -> Node:
        """Read as long as operators bind tighter than `binding`: 0 sums, 1 products, 2 powers."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.unreadable("too_deep")
        node = self._sum() if binding == 0 else self._product() if binding == 1 else power(self)
        self.depth -= 1
        return node

    def _sum(self) -> Node:
        terms = [self._term()]
        while self.follows("+", "-") and not self.differential:
            sign = self.take().value
            term = self._term()
            terms.append(Negative(term) if sign == "-" else term)
        return sum_of(terms)

    def _signs(self) -> int:
        signs = 0
        while self.tokens[self.place].kind == "operator" and self.follows("+", "-"):
            signs += self.take().value == "-"
            if signs > 1:
                self.nest()
        return signs

    def _term(self) -> Node:
        """Read any signs in front, then a product; of `-7 mod 5` the sign belongs to the number."""
        signs = self._signs()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.unreadable("too_deep")
        node = self._product(signs)
        self.depth -= 1
        return node

    def signed(self, binding: int) -> Node:
        """Read any signs in front, then what they belong to."""
        signs = self._signs()
        return negated(self.expression(binding), signs)

    def _product(self, signs: int = 0) -> Node:
        factors = [power(self)]
        while not self.differential:
            kind, value, _ = self.tokens[self.place]
            if kind == "operator":
                if value not in ("*", "/"):
                    break
                self.place += 1
                factors = self._factors(factors, value, self.signed(2))
            elif kind == "modulo":
                self.take()
                dividend, signs = negated(product_of(factors), signs), 0
                factors = [Call("mod", (dividend, self.signed(2)))]
                self.nest()
            elif kind in FACTORS or (kind in ("number", "bar") and self._another_factor(kind)):
                factors.append(power(self))
            else:
                break
        return negated(product_of(factors), signs)

    def _factors(self, factors: list[Node], sign: str, factor: Node) -> list[Node]:
        if sign == "*":
            factors.append(factor)
            return factors
        self.nest()
        return [Quotient(product_of(factors), factor)]

    def _another_factor(self, kind: str) -> bool:
        """Whether a number or a bar is a factor: a number behind brackets, a bar where it opens."""
        if kind == "bar":
            return not self.bars or self._opens_bar()
        return self.tokens[self.place - 1].kind in ("close", "postfix") or self._after_short_fraction()

    def _after_short_fraction(self) -> bool:
        return self.place > 2 and self.tokens[self.place - 3].kind == "fraction"

    def _opens_bar(self) -> bool:
        """Whether a bar right after a closed one opens another: as many must be left as will be closed."""
        if self.tokens[self.place - 1].kind != "bar":
            return False
        left = sum(token.kind == "bar" for token in self.tokens[self.place :])
        return left > self.bars and (left - self.bars) % 2 == 0

    def primary(self) -> Node:
        kind, value, column = self.token
        match kind:
            case "number":
                return whole(self)
            case "symbol":
                return Symbol(self.take().value)
            case "constant":
                return Constant(self.take().value)
            case "function":
                return call(self)
            case "open":
                return enclosed(self)
            case "bar":
                return bars(self)
            case "by":
                self.take()
                return derivative_of(self, operand(self), value, column)
            case "of":
                self.take()
                return of(self, column)
            case "differential":
                self.differential = self.take().value
                return ONE
        form = FORMS.get(kind)
        if form is None:
            raise self.unreadable("expression_expected")
        return form(self)

    def group(self) -> Node:
        """Read an expression in brackets."""
        return self.items(single=True)[0]

    def items(self, *, single: bool = False) -> list[Node]:
        """Read expressions in brackets, parted by commas, unless there must be a `single` one."""
        if self.token.kind != "open":
            raise self.unreadable("opening_bracket")
        opening = self.take()
        bars, self.bars = self.bars, 0
        differential, self.differential = self.differential, ""
        items = [self.expression(0)]
        if self.token.kind == "relation" and not self.symbols.open:
            items = [indicator(self, items[0])]
        if self.token.kind in ("choose", "over"):
            over = self.take().kind == "over"
            below = self.expression(0)
            items = [Quotient(items[0], below) if over else Call("binomial", (items[0], below))]
        while self.follows(",", ";") and not single:
            self.take()
            self.differential = ""
            items.append(self.expression(0))
        self.close(CLOSING[opening.value])
        self.bars = bars
        self.differential = differential or self.differential
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
        if self.token.kind in ("fraction", "root", "binomial"):
            self.nest()
            return self.primary()
        raise self.unreadable("expression_expected")


def negated(node: Node, signs: int) -> Node:
    """Put as many signs before what has been read."""
    for _ in range(signs):
        node = Negative(node)
    return node
