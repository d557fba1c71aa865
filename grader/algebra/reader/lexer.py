"""From text to tokens: numbers, names, signs, brackets, each with its column."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

from grader.algebra.names import Symbols, Vocabulary, key_of, vocabulary
from grader.algebra.reader.latex_signs import FRACTION
from grader.algebra.reader.patterns import (
    AS_THEY_ARE,
    BEGINS_DERIVATIVE,
    BRACKET,
    BY,
    BY_AFTER,
    D_ABOVE,
    D_BELOW,
    D_OF,
    DIFFERENTIAL,
    INDEX,
    MARKS_DERIVATIVE,
    MAY_DERIVE,
    QUOTIENT,
    RAISED,
    REPEATED,
    TOKENS,
    bound_names,
)
from grader.algebra.reader.plain_text import MAX_LENGTH, plain_text
from grader.algebra.reader.segments import segments
from grader.algebra.unreadable import Unreadable

MAX_DIGITS = 400
MAX_TOKENS = 2000
MAX_RUN = 120
"""Letters that stand together without a sign or a blank."""
MAX_NAME = 40
"""Characters of a name below the line of a derivative, its index included."""


_SUBSCRIPT = re.compile(r"\[[0-9]+(?:,\s*[0-9]+)*\]")


class Token(NamedTuple):
    """A sign of an expression.

    Kinds: number, symbol, constant, function, operator, open, close, bar, fraction, root, raised (a superscript),
    by (`d/dy`), of (the d in `d(…)/dy`), after (the `/dy` there), differential (the `dx` of an integral), big (sum,
    product, integral, limit), postfix (`!`, `%`, `°`), relation, setsign, table and what parts one, attribute
    (`.T`), transpose, end.
    """

    kind: str
    value: Any
    column: int


class Lexer:
    """Reads one text; `tokens` are the result. Raises `Unreadable`, which tells what is `declared`."""

    def __init__(self, text: str, symbols: Symbols, declared: tuple[str, ...] = ()) -> None:
        if len(text) > MAX_LENGTH:
            raise Unreadable(MAX_LENGTH + 1, "too_long")
        self.symbols = symbols
        self.declared = () if symbols.open else declared or symbols.names
        self.known: Vocabulary = vocabulary(symbols)
        self.typed = text
        self.text, self.columns = plain_text(text)
        bound = () if symbols.matrix else bound_names(self.text)
        if bound:
            self.known = vocabulary(replace(symbols, names=(*symbols.names, *bound)))
        self.pending = self.integrals = 0
        self.skipped: dict[int, int] = {}
        self.upright = -1
        self.cut: dict[tuple[str, bool], list[tuple[int, str, str, int]] | None] = {}
        self.tokens: list[Token] = []
        place = 0
        while not self.tokens or self.tokens[-1].kind != "end":
            place = self._next(place)

    def put(self, kind: str, value: Any, place: int) -> None:
        """Append a token that starts at `place` of the plain text."""
        if len(self.tokens) == MAX_TOKENS:
            raise Unreadable(self.columns[place], "too_long")
        self.tokens.append(
            tuple.__new__(Token, (kind, value, self.columns[place]))
        )  # half the time of Token(…)

    def _next(self, place: int) -> int:
        found = TOKENS.match(self.text, place)
        if found is None:
            rest = self.text[place:].lstrip()
            at = len(self.text) - len(rest)
            command = re.match(r"\\[A-Za-z]+", rest)
            if command:
                raise self._unknown(at, command[0])
            raise Unreadable(self.columns[at], "unknown_sign", rest[:1])
        kind = found.lastgroup or ""
        value = found[kind]
        start = found.start(kind)
        if kind in MAY_DERIVE and (self.known.quotients or self.text[start] in MARKS_DERIVATIVE):
            special = self._special(start)
            if special is not None:
                return special
        if kind in AS_THEY_ARE:
            self.put(kind, "^" if value == "**" else value, start)
            return self.skipped.get(start, found.end())
        return self._plain(kind, value, start, found.end())

    def _plain(self, kind: str, value: str, start: int, end: int) -> int:
        match kind:
            case "comma_number" | "number":
                return self._number(kind, value, start, end)
            case "run":
                return self._run(value, start, end)
            case "partial":
                raise self._unknown(start, value)
            case "raised" if value == "ⁿ":
                self.put("operator", "^", start)
                return self._run("n", start, end)
            case "raised":
                self.put("raised", Fraction(value.translate(RAISED)), start)
            case "fraction" | "binomial":
                self.put(kind, value, start)
                return self._digits(end)
            case "infinity":
                self.put("constant", "oo", start)
            case "big":
                self.integrals += value == "∫"
                self.put(kind, value, start)
            case "upright":
                self.upright = end
            case "attribute":
                self.put("attribute", value[1:].strip(), start)
            case _:
                self.put(kind, value, start)
        return self.skipped.get(start, end)

    def _number(self, kind: str, value: str, start: int, end: int) -> int:
        if kind == "comma_number":
            if not self.symbols.decimal_comma:
                end = start + value.index(",")
                value = self.text[start:end]
            value = value.replace(",", ".")
        mantissa, _, exponent = value.lower().partition("e")
        if len(mantissa) > MAX_DIGITS or len(exponent) > 4 or abs(int(exponent or 0)) > MAX_DIGITS:
            raise Unreadable(self.columns[start], "number_too_long", value)
        exact = Fraction(int(value)) if value.isdigit() else Fraction(value)
        repeated = REPEATED.match(self.text, end) if "." in value else None
        if repeated:
            digits = next(group for group in repeated.groups() if group)
            places = len(value.partition(".")[2])
            exact += Fraction(int(digits), (10 ** len(digits) - 1) * 10**places)
            end = repeated.end()
        self.put("number", exact, start)
        return end

    def _digits(self, place: int) -> int:
        """Read `\\frac12` as one half: without braces each digit is a part of the fraction."""
        for _ in range(2):
            digit = re.compile(r"\s*([0-9])").match(self.text, place)
            if digit is None:
                break
            self.put("number", Fraction(digit[1]), digit.start(1))
            place = digit.end()
        return place

    def _run(self, run: str, start: int, end: int) -> int:
        if len(run) > MAX_RUN:
            raise Unreadable(self.columns[start], "too_long", run)
        index = INDEX.match(self.text, end)
        if index and index.end() - end <= MAX_NAME:
            indexed = segments(run + re.sub(r"[\s\[\],]", "", index[0]), self.known, whole=True)
            if indexed and indexed[-1][1] == "symbol" and indexed[-1][0] < len(run):
                self._put_segments(indexed, start, len(run))
                return index.end()
            if _SUBSCRIPT.fullmatch(index[0]) and self.known.words.get(key_of(run), ("", ""))[0] == "symbol":
                raise self._unknown(start, run + index[0])
        differential = self._of_integral(run, start) if self.integrals else None
        if differential is not None:
            return differential
        bracket = BRACKET.match(self.text, end) is not None
        if (run, bracket) not in self.cut:
            self.cut[run, bracket] = segments(run, self.known, bracket=bracket)
        pieces = self.cut[run, bracket]
        word = self.known.open and 0 <= self.upright <= start and not self.text[self.upright : start].strip()
        if pieces is None or (word and len(pieces) > 1):
            as_typed = self.typed[self.columns[start] - 1 : self.columns[end] - 1].rstrip()
            raise self._unknown(start, as_typed or run)
        stop = pieces[-1][3]
        self._put_segments(pieces, start, len(run))
        return start + stop

    def _unknown(self, place: int, name: str) -> Unreadable:
        return Unreadable(self.columns[place], "unknown_name", name, self.declared)

    def _of_integral(self, run: str, start: int) -> int | None:
        """Read `dx`, `xdx` or `d x` at the end of an integral."""
        found = DIFFERENTIAL.match(self.text, start)
        if found is None:
            return None
        before = found[1]
        pieces = segments(before, self.known) if before else []
        name = segments(found[2], self.known, whole=True)
        if pieces is None or name is None or len(name) != 1 or name[0][1] != "symbol":
            return None
        self._put_segments(pieces, start, max(len(before), 1))
        self.integrals -= 1
        self.put("differential", name[0][2], found.start(2) - 1)
        return found.end()

    def _put_segments(self, pieces: list[tuple[int, str, str, int]], start: int, length: int) -> None:
        for offset, kind, name, _ in pieces:
            self.put(kind, name, start + min(offset, length - 1))

    def _special(self, place: int) -> int | None:
        """Read what looks like a derivative, if something declared stands there."""
        quotient = QUOTIENT.match(self.text, place) if self.known.quotients else None
        if quotient:
            above, below = (group for group in range(1, 7) if quotient[group])
            if len(quotient[above]) > MAX_NAME:
                return None
            for length in range(min(len(quotient[below]), MAX_NAME), 0, -1):
                name = self.known.quotients.get((key_of(quotient[above]), key_of(quotient[below][:length])))
                whole = length == len(quotient[below])
                if name is not None and (whole or below == 2):
                    self.put("symbol", name, place)
                    return quotient.end() if whole else quotient.start(below) + length
        if "d" in self.known.words and self.text[place] == "d":
            return None
        if self.known.open and "/" not in self.text and FRACTION not in self.text:
            return None
        return self._differential(place)

    def _differential(self, place: int) -> int | None:
        sign = self.text[place]
        if sign == "/" and self.pending:
            return self._after(place)
        if sign not in BEGINS_DERIVATIVE:
            return None
        by = BY.match(self.text, place)
        if by:
            self.put("by", self._variable(by[1] or by[2], by.start(1 if by[1] else 2)), place)
            return by.end()
        above = D_ABOVE.match(self.text, place)
        if above:
            return self._derived(place, above)
        if D_OF.match(self.text, place) and (not self.known.open or BY_AFTER.search(self.text, place)):
            self.pending += 1
            self.put("of", "d", place)
            return place + 1
        return None

    def _after(self, place: int) -> int | None:
        after = BY_AFTER.match(self.text, place)
        if after and self.tokens and self.tokens[-1].kind == "close":
            self.pending -= 1
            self.put("after", self._variable(after[1], after.start(1)), place)
            return after.end()
        return None

    def _derived(self, place: int, above: re.Match[str]) -> int | None:
        """Read `\\frac{d f(x)}{dx}`: the sign of a derivative, then what stands above the line, in its braces."""
        depth, end = 1, above.end()
        while depth and end < len(self.text):
            depth += (self.text[end] == "{") - (self.text[end] == "}")
            end += 1
        below = D_BELOW.match(self.text, end)
        if below is None or not self.text[above.end() : end - 1].strip():
            return None
        self.put("by", self._variable(below[1], below.start(1)), place)
        self.put("open", "{", above.start(1))
        self.skipped[end - 1] = below.end()
        return above.end()

    def _variable(self, text: str, place: int) -> str:
        found = segments(text, self.known, whole=True)
        if found is None or len(found) != 1 or found[0][1] != "symbol":
            raise Unreadable(self.columns[place], "variable_expected", text)
        return found[0][2]


def tokens_of(text: str, symbols: Symbols) -> list[Token]:
    """Cut `text` into tokens; the last one is of the kind `end`. Raises `Unreadable`."""
    return Lexer(text, symbols).tokens
