"""Answers that are more than an expression: equations, inequalities, intervals, sets, tuples, lists.

`read_answer` reads any of them; what is one expression is read as `read` would, `x = 5` included.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from grader.algebra.names import SET_FUNCTIONS, Symbols
from grader.algebra.nodes import INFINITY, Negative, Node
from grader.algebra.reader.latex_signs import BRACKETS
from grader.algebra.reader.lexer import Token, tokens_of
from grader.algebra.reader.plain_text import MAX_LENGTH
from grader.algebra.reader.reading import Reader
from grader.algebra.sizes import MAX_DEPTH
from grader.algebra.unreadable import Unreadable


class Relation(Struct, frozen=True):
    """Two or more sides with the signs between them: `=`, `≠`, `<`, `>`, `≤`, `≥`, `∈`, `≈`."""

    signs: tuple[str, ...]
    sides: tuple[Answer, ...]


class Interval(Struct, frozen=True):
    """An interval; one that is open at both ends may have been meant as a pair of numbers."""

    low: Answer
    high: Answer
    open_low: bool
    open_high: bool


class Collection(Struct, frozen=True):
    """Several answers: in the order of a "tuple", or in any order."""

    kind: Literal["tuple", "set", "list"]
    items: tuple[Answer, ...]


class Joined(Struct, frozen=True):
    """Sets with `∪`, `∩` or `∖` between them."""

    sign: str
    sets: tuple[Answer, ...]


Answer = Node | Relation | Interval | Collection | Joined

_SPELLINGS = MappingProxyType({"<=": "≤", ">=": "≥", "!=": "≠", "==": "=", ":=": "="})
_WORDS = re.compile(
    r"(?:,|(?<![\s,]))\s*(?:\\(?:text|mbox|textrm)\s*\{\s*(?:or|and|или|и)\s*\}|(?<![\w\\])(?:or|and|или)(?![\w]))"
)
_BOXED = re.compile(r"\s*\$*\s*\\boxed\s*\{(.*)\}[\s.$]*", re.DOTALL)
_MATHEMATICS = re.compile(r"\\[()\[\]](?!\w)|\$")
_THOUSANDS = re.compile(r"[+-]?\s*\d{1,3}(?:(?:,(?:\\!\s?)?|[ \u00a0\u202f]|\\[,!])\d{3})+(?:\.\d*)?\s*")
_SYMPY = MappingProxyType(
    {
        "Interval.open": "Interval_open",
        "Interval.Lopen": "Interval_Lopen",
        "Interval.Ropen": "Interval_Ropen",
        "EmptySet": "∅       ",
        "Integers": "ℤ       ",
        "Reals": "ℝ    ",
    }
)
_ENDS = frozenset({"end", "close", "setsign", "relation"})


@lru_cache(maxsize=128)
def read_answer(text: str, symbols: Symbols) -> Answer:
    """Read an answer of any form. Raises `Unreadable`."""
    if len(text) > MAX_LENGTH:
        raise Unreadable(MAX_LENGTH + 1, "too_long")
    tokens = tokens_of(_prepared(text), symbols)
    signs = [place for place, token in enumerate(tokens) if token.value in ("±", "∓")]
    if not signs:
        return _read(tokens, symbols)
    both = []
    for upper in ("+", "-"):
        chosen = list(tokens)
        for place in signs:
            other = "-" if upper == "+" else "+"
            sign = upper if tokens[place].value == "±" else other
            chosen[place] = Token("operator", sign, tokens[place].column)
        both.append(_read(chosen, symbols))
    return Collection("list", tuple(part for answer in both for part in _listed(answer)))


def _listed(answer: Answer) -> tuple[Answer, ...]:
    return answer.items if isinstance(answer, Collection) and answer.kind != "tuple" else (answer,)


def _read(tokens: list[Token], symbols: Symbols) -> Answer:
    reader = _AnswerReader(tokens, symbols)
    answer = reader.answer()
    reader.finish()
    return answer


def _prepared(text: str) -> str:
    """Blank out what is only decoration, and keep every place but in numbers such as `1,000`."""

    def blank(found: re.Match[str]) -> str:
        return " " * len(found[0])

    text = _WORDS.sub(lambda found: ",".ljust(len(found[0])), text)
    text = _MATHEMATICS.sub(blank, text)
    boxed = _BOXED.fullmatch(text)
    if boxed and _balanced(boxed[1]):
        text = " " * boxed.start(1) + boxed[1]
    if _THOUSANDS.fullmatch(text.strip().rstrip(".")):
        text = re.sub(r"\\[,!]|[,\s]", "", text)
    for spelled, plain in _SYMPY.items():
        text = text.replace(spelled, plain)
    return text.rstrip().rstrip(".,;:")


def _balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


class _AnswerReader(Reader):
    def answer(self) -> Answer:
        groups = [[self.related()]]
        parted = {","}
        while self.follows(",", ";"):
            sign = str(self.take().value)
            parted.add(sign)
            if sign == ";":
                groups.append([])
            groups[-1].append(self.related())
        if len(parted) > 1 and any(len(group) > 1 for group in groups):
            return Collection("list", tuple(Collection("tuple", tuple(group)) for group in groups))
        items = [item for group in groups for item in group]
        return items[0] if len(items) == 1 else Collection("list", tuple(items))

    def related(self) -> Answer:
        signs: list[str] = []
        sides = [self.united()]
        while self.token.kind == "relation" or self.follows("="):
            sign = str(self.take().value)
            signs.append(_SPELLINGS.get(sign, sign))
            sides.append(self.united())
        if "≈" in signs[1:]:
            end = signs.index("≈", 1)
            signs, sides = signs[:end], sides[: end + 1]
        if len(signs) > 1 and set(signs) == {"="}:
            signs, sides = ["="], [sides[0], sides[-1]]
        return Relation(tuple(signs), tuple(sides)) if signs else sides[0]

    def united(self) -> Answer:
        sets = [self.item()]
        sign = ""
        while self.token.kind == "setsign" and self.token.value in "∪∩∖":
            found = str(self.take().value)
            if sign and found != sign:
                sets = [Joined(sign, tuple(sets))]
            sign = found
            sets.append(self.item())
        return Joined(sign, tuple(sets)) if sign else sets[0]

    def item(self) -> Answer:
        if self.token.value == "∅":
            self.take()
            return Collection("set", ())
        if self.token.value == "ℝ":
            self.take()
            return Interval(Negative(INFINITY), INFINITY, True, True)
        if self.token.kind == "function" and self.token.value in SET_FUNCTIONS:
            return self.called()
        if self.token.kind == "open" and self.parted():
            state = self.place, self.depth, self.nested, self.bars, self.differential
            try:
                answer = self.bracketed()
            except Unreadable:
                answer = None
            if answer is not None:
                return answer
            self.place, self.depth, self.nested, self.bars, self.differential = state
        return self.expression(0)

    def parted(self) -> bool:
        """Whether something in the bracket that comes next is parted by a comma, or nothing stands in it."""
        depth = 0
        for kind, value, _ in self.tokens[self.place :]:
            depth += (kind == "open") - (kind == "close")
            if depth == 1 and value in (",", ";"):
                return True
            if depth == 0:
                return self.tokens[self.place + 1].kind == "close"
        return False

    def bracketed(self) -> Answer | None:
        """Read an interval, a tuple or a set; None if it turns out to be the beginning of an expression."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.unreadable("too_deep")
        opening = str(self.take().value)
        items: list[Answer] = []
        if not (opening == "{" and self.token.value == "}"):
            items.append(self.related())
        while self.follows(",", ";"):
            self.take()
            items.append(self.related())
        if self.token.kind != "close":
            return None
        closing = str(self.take().value)
        self.depth -= 1
        if closing != BRACKETS[opening] and not (opening in "([" and closing in ")]"):
            return None
        if len(items) == 1 or not (self.token.kind in _ENDS or self.follows(",", ";", "=")):
            return None
        if len(items) == 2 and opening in "([" and closing in ")]":
            return Interval(items[0], items[1], opening == "(", closing == ")")
        return Collection("set" if opening == "{" else "tuple", tuple(items))

    def called(self) -> Answer:
        """Read a set or a relation as sympy writes it."""
        _, name, column = self.take()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.unreadable("too_deep")
        self.take()
        items = [self.related()]
        while self.follows(",", ";"):
            self.take()
            items.append(self.related())
        self.close(")")
        self.depth -= 1
        kind, argument = SET_FUNCTIONS[name]
        if kind != "set" and len(items) != 2 and not (kind == "join" and items):
            raise Unreadable(column, "argument_count", name)
        if kind == "relation":
            return Relation((argument,), tuple(items))
        if kind == "interval":
            return Interval(items[0], items[1], "(" in argument, ")" in argument)
        return Joined(argument, tuple(items)) if kind == "join" else Collection("set", tuple(items))
