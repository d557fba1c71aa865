"""Tokens of matrix formulas: what the common lexer knows, and indexed symbols, sums and products with bounds.

Further kinds of tokens: indexed (a name and its indices), bounds (`sum` or `prod`, its `Bounds`, and how it was
written: prefix, call or trailing).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from grader.algebra.matrices.names import (
    FURTHER_FUNCTIONS,
    KNOWN_FUNCTIONS,
    Family,
    MatrixSymbols,
    index_of,
    indices_of,
)
from grader.algebra.matrices.nodes import Bounds
from grader.algebra.names import Symbols, Vocabulary, key_of, vocabulary
from grader.algebra.reader.latex_signs import FRACTION
from grader.algebra.reader.lexer import Lexer, Token
from grader.algebra.reader.segments import segments
from grader.algebra.unreadable import Unreadable

_SUM = r"\\sum(?![A-Za-z])|[∑Σ]|[Ss]um(?![A-Za-z])"
_PRODUCT = r"\\prod(?![A-Za-z])|[∏Π]|[Pp]rod(?:uct)?(?![A-Za-z])"
_INDEX = r"[^{}()\[\],=]{1,24}?"
_ONE = r"(?:[A-Za-z]|[0-9]+)"
_HEAD = re.compile(
    rf"(?:(?P<sum>{_SUM})|(?P<product>{_PRODUCT}))\s*(?:"
    rf"_\s*\{{\s*(?P<a>[A-Za-z])\s*=\s*(?P<b>{_INDEX})\s*\}}\s*\^\s*(?:\{{(?P<c>{_INDEX})\}}|(?P<d>{_ONE}))"
    rf"|\^\s*(?:\{{(?P<e>{_INDEX})\}}|(?P<f>{_ONE}))\s*_\s*\{{\s*(?P<g>[A-Za-z])\s*=\s*(?P<h>{_INDEX})\s*\}}"
    rf"|_\s*(?P<i>[A-Za-z])\s*[=≔]\s*(?P<j>[A-Za-z0-9+-]{{1,24}})\s*\^\s*(?:\{{(?P<k>{_INDEX})\}}|(?P<l>{_ONE}))"
    rf"|_?\s*[({{]\s*(?P<m>[A-Za-z])\s*=\s*(?P<n>{_INDEX})\s*(?:\.\.+|…|to|до)\s*(?P<o>{_INDEX})\s*"
    rf"(?P<call>[,;)}}])"
    rf")"
)
_BARE = re.compile(rf"[∑∏ΣΠ]|(?:{_SUM}|{_PRODUCT})\s*[_^]")
_GROUPS = (("a", "b", "c"), ("a", "b", "d"), ("g", "h", "e"), ("g", "h", "f"))
_FORMS = (*_GROUPS, ("i", "j", "k"), ("i", "j", "l"), ("m", "n", "o"))
_TRAILING = re.compile(
    rf"[,;]\s*\(\s*(?P<a>[A-Za-z])\s*,\s*(?P<b>{_INDEX})\s*,\s*(?P<c>{_INDEX})\s*\)\s*(?=\))"
    rf"|[,;]\s*(?P<g>[A-Za-z])\s*=\s*(?P<h>{_INDEX})\s*(?:\.\.+|…|to|до)\s*(?P<e>{_INDEX})\s*(?=\))"
    rf"|for\s+(?P<i>[A-Za-z])\s+in\s+range\s*\(\s*(?P<j>{_INDEX})\s*,\s*(?P<k>{_INDEX})\s*\)\s*(?=\))"
)
_TRAILING_FORMS = (("a", "b", "c"), ("g", "h", "e"), ("i", "j", "k"))
_LETTER = re.compile(r"(?<![A-Za-z])([A-Za-z])\s*(?:[=≔]|\s+in\s+range|,[^,()]*,[^,()]*\)\s*\))")
_MODULE = re.compile(r"linalg\s*\.\s*")
_RAISED = str.maketrans("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙₚᵣₜ₊₋", "0123456789ijklmnprt+-")
_PLACE = (
    rf"(?:_\s*\{{([^{{}}]{{1,24}})\}}|\{{([^{{}}]{{1,24}})\}}|_\s*\(([^()]{{1,24}})\)|\[([^\[\]]{{1,24}})\]"
    rf"|_\s*({_ONE}%s)|([₀-₉ᵢⱼₖₗₘₙₚᵣₜ₊₋]+)|([0-9]+|[ijklmnt](?!\w)))"
)


class MatrixLexer(Lexer):
    """Reads one text; `tokens` are the result. Raises `Unreadable`."""

    def __init__(self, text: str, symbols: MatrixSymbols) -> None:
        self.patterns = _compiled(symbols)
        self.primed = (
            *(key_of(name) for name in symbols.functions if name.endswith("'")),
            *(f"{word}'" for word in KNOWN_FUNCTIONS),
        )
        self.bound = frozenset(_LETTER.findall(text))
        self.dimensions = symbols.dimensions
        shown = (*(name for name, _ in (*symbols.shapes, *symbols.families)), *symbols.scalars)
        super().__init__(text, symbols.symbols, shown)

    def _next(self, place: int) -> int:
        if place == 0:
            self.known = _vocabulary(self.symbols, self.bound, self.dimensions)
        start = place + len(self.text[place:]) - len(self.text[place:].lstrip())
        module = _MODULE.match(self.text, start)
        if module:
            return module.end()
        for special in (self._bounds, self._indexed, self._primed):
            end = special(start)
            if end is not None:
                return end
        return super()._next(place)

    def _bounds(self, place: int) -> int | None:
        trailing = _TRAILING.match(self.text, place)
        if trailing:
            letter, lower, upper = _chosen(trailing, _TRAILING_FORMS)
            bounds = self._read_bounds(letter, lower, upper, place)
            if trailing["i"]:  # Python's range leaves its end out
                bounds = Bounds(bounds.letter, bounds.lower, bounds.upper.moved(-1))
            self.put("bounds", ("", bounds, "trailing"), place)
            return trailing.end()
        head = _HEAD.match(self.text, place)
        if head is None:
            self._refuse_bare(place)
            return None
        letter, lower, upper = _chosen(head, _FORMS)
        style = "call" if head["call"] in (",", ";") else "prefix"
        name = "sum" if head["sum"] else "prod"
        self.put("bounds", (name, self._read_bounds(letter, lower, upper, place), style), place)
        return head.end()

    def _refuse_bare(self, place: int) -> None:
        """Refuse a sign of a sum or product whose bounds cannot be read, if nothing else is called so."""
        bare = _BARE.match(self.text, place)
        if bare and bare[0] not in self.known.words:
            raise Unreadable(self.columns[place], "bound_expected", bare[0].strip("_^ "))

    def _read_bounds(self, letter: str, lower: str, upper: str, place: int) -> Bounds:
        column = self.columns[place]
        return Bounds(letter, index_of(lower, column), index_of(upper, column))

    def _indexed(self, place: int) -> int | None:
        for family, pattern in self.patterns:
            found = pattern.match(self.text, place)
            if found is None:
                continue
            given = [text.translate(_RAISED) for text in found.groups() if text is not None]
            indices = [indices_of(text, self.columns[place]) for text in given]
            flat = tuple(index for several in indices for index in several)
            if len(flat) == len(family.indices_above) + len(family.indices_below):
                self.put("indexed", (family.name, flat), place)
                return found.end()
        return None

    def _primed(self, place: int) -> int | None:
        for name in self.primed:
            if self.text.startswith(name, place):
                self.put("function", self.known.words[name][1], place)
                return place + len(name)
        return None

    def _run(self, run: str, start: int, end: int) -> int:
        """Cut a run of letters where an indexed symbol or the derivative of a function begins in it."""
        for offset in range(1, len(run)) if segments(run, self.known) is None else ():
            at = start + offset
            if self.text[at] in "_{" or not (self._begins(at)):
                continue
            return super()._run(run[:offset], start, at)
        return super()._run(run, start, end)

    def _begins(self, place: int) -> bool:
        return any(pattern.match(self.text, place) for _, pattern in self.patterns) or any(
            self.text.startswith(name, place) for name in self.primed
        )


def matrix_tokens(text: str, symbols: MatrixSymbols) -> list[Token]:
    """Cut `text` into tokens; the last one is of the kind `end`. Raises `Unreadable`."""
    return MatrixLexer(text, symbols).tokens


def _chosen(found: re.Match[str], forms: tuple[tuple[str, str, str], ...]) -> tuple[str, str, str]:
    for names in forms:
        letter, lower, upper = (found[name] for name in names)
        if letter and lower and upper:
            return letter, lower, upper
    raise AssertionError(found[0])


@lru_cache(maxsize=256)
def _vocabulary(symbols: Symbols, bound: frozenset[str], dimensions: tuple[str, ...]) -> Vocabulary:
    """The common words, functions of matrices, identities, and letters that sums and products of the text bind."""
    known = vocabulary(symbols)
    further = {word: ("function", name) for word, name in (FURTHER_FUNCTIONS | KNOWN_FUNCTIONS).items()}
    further |= {f"{word}'": ("function", f"{name}'") for word, name in KNOWN_FUNCTIONS.items()}
    letters = {letter: ("symbol", letter) for letter in bound}
    units = {f"{letter}{key_of(size)}": ("identity", size) for letter in "IE" for size in ("", *dimensions)}
    words = {**units, **letters, **further, **known.words}
    return replace(known, words=words, longest=max(map(len, words)))


@lru_cache(maxsize=256)
def _compiled(symbols: MatrixSymbols) -> tuple[tuple[Family, re.Pattern[str]], ...]:
    """A pattern for each family, derivatives first and longer names before shorter ones."""
    families = sorted(symbols.patterns, key=lambda f: (not f.below, not f.starred, -len(f.above + f.below)))
    return tuple((family, re.compile(_pattern(family))) for family in families)


def _pattern(family: Family) -> str:
    above = re.escape(family.above) + (_PLACE % "" if family.indices_above else "")
    if not family.below:
        return above
    if family.starred:
        star = r"(?:\s*_\s*\{\s*\*\s*\}|\s*_\s*\*|\*(?![\w(∂]))"
        below = re.escape(family.below) + star
    else:
        place = _PLACE % r"(?:[-+][0-9]+(?![\w.]))?" if family.indices_below else r"(?![\w_])"
        below = re.escape(family.below) + place
    d = r"[d∂]\s*"
    return (
        rf"(?:{d}{above}\s*/\s*{d}{below}|\(\s*{d}{above}\s*\)\s*/\s*\(\s*{d}{below}\s*\)"
        rf"|{FRACTION}\s*\{{\s*{d}{above}\s*\}}\s*\{{\s*{d}{below}\s*\}})"
    )
