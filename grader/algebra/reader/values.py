"""Numbers, vectors and matrices typed by hand, read exactly.

Within brackets a comma always parts entries: `[1,5]` is a row of two. Without brackets a comma between digits is a
decimal comma if the number stands alone (`1,5`) or if blanks or semicolons part the numbers (`1,5 2,5`, `0,5; 1,5`)
and no number has two; otherwise it parts entries (`1,2,3`, `1, 2`, and lines such as `1,2`).
"""

from __future__ import annotations

import re
from fractions import Fraction

from grader.algebra.reader.lexer import MAX_DIGITS
from grader.algebra.reader.plain_text import MAX_LENGTH
from grader.algebra.unreadable import Unreadable, Wanted

Value = Fraction | tuple["Value", ...]

MAX_NESTING = 8

_ROWS = re.compile(r"\\begin\s*\{(\w*matrix\*?|array)\}(?:\s*\{[lcr|]*\})?(.*?)\\end\s*\{\1\}", re.DOTALL)
_CALLS = re.compile(
    r"\b(?:(?:np|numpy|sympy|sp|torch)\s*\.\s*)?(?:array|matrix|asarray|tensor|Matrix)\s*(?=\()"
)
_DECORATION = re.compile(r"\\(?:left|right|quad|qquad|displaystyle|[,;:! ()])|[$~\u00a0\u2009\u202f]")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{\s*([-−]?\d+)\s*\}\s*\{\s*(\d+)\s*\}")
_DASHES = re.compile(r"[−–—‑]")
_DIGITS = r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+"
_COMMA_DIGITS = rf"[0-9]+,[0-9]+|{_DIGITS}"
_SIGNS = re.compile(r"[-+]")
_OPENING = {"(": ")", "[": "]", "{": "}"}


def read_value(text: str) -> Value:
    """Read a number, or a table of numbers as nested tuples of exact fractions.

    Brackets of any kind, semicolons or lines for rows, numpy's `array` and LaTeX's matrices are understood; a single
    number in round brackets is a number, in square ones a row. Raises `Unreadable`.
    """
    if len(text) > MAX_LENGTH:
        raise Unreadable(MAX_LENGTH + 1, "too_long")
    plain = _plain(text)
    if not plain.strip():
        raise Unreadable(1, "number_expected")
    return _ValueReader(plain).whole()


def _plain(text: str) -> str:
    """Blank out what is only decoration, and keep every place."""

    def blank(found: re.Match[str]) -> str:
        return " " * len(found[0])

    def rows(found: re.Match[str]) -> str:
        body = found[2].replace("&", ",").replace("\\\\", "; ")
        before = found.start(2) - found.start()
        after = found.end() - found.end(2)
        return "[" + " " * (before - 1) + body.rstrip().rstrip(";").ljust(len(body)) + " " * (after - 1) + "]"

    def fraction(found: re.Match[str]) -> str:
        return f"{found[1]}/{found[2]}".ljust(len(found[0]))

    text = _DASHES.sub("-", _ROWS.sub(rows, text))
    return _DECORATION.sub(blank, _CALLS.sub(blank, _FRACTION.sub(fraction, text)))


def _decimal_commas(text: str) -> bool:
    """Tell whether commas belong to numbers: see the rule at the top."""
    if re.search(r"[(\[{.]|,(?![0-9])|(?<![0-9]),|,[0-9]+,", text) or "," not in text:
        return False
    return "\n" not in text.strip() or re.search(r"[0-9][ \t;]+[-+]?[0-9]", text) is not None


class _ValueReader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.depth = 0
        digits = _COMMA_DIGITS if _decimal_commas(text) else _DIGITS
        self.number = re.compile(rf"[-+]?\s*(?:{digits})(?:[eE][-+]?[0-9]+)?")

    def whole(self) -> Value:
        value = self._rows("")
        if self.place < len(self.text):
            raise self._unreadable("opening_bracket" if self.text[self.place] in ")]}" else "number_expected")
        return value

    def _unreadable(self, wanted: Wanted) -> Unreadable:
        return Unreadable(self.place + 1, wanted, self.text[self.place : self.place + 1])

    def _blank(self, signs: str) -> str:
        """Skip blanks; give those of `signs` that were among them."""
        start = self.place
        while self.place < len(self.text) and (
            self.text[self.place].isspace() or self.text[self.place] in signs
        ):
            self.place += 1
        return self.text[start : self.place]

    def _rows(self, closing: str) -> Value:
        """Read entries up to `closing`; semicolons and line ends part rows."""
        rows: list[list[Value]] = [[]]
        parted = bool(closing)
        self._blank("")
        while self.place < len(self.text) and self.text[self.place] not in ")]}":
            rows[-1].append(self._entry())
            between = self._blank(",;")
            parted = parted or bool(between.strip()) or len(rows[-1]) > 1
            if between.count(",") + between.count(";") > 1:
                raise self._unreadable("number_expected")
            if (";" in between or ("\n" in between and "," not in between)) and self._goes_on():
                rows.append([])
        return self._joined([row for row in rows if row], len(rows), parted)

    def _goes_on(self) -> bool:
        return self.place < len(self.text) and self.text[self.place] not in ")]}"

    def _joined(self, rows: list[list[Value]], count: int, parted: bool) -> Value:
        if not rows:
            raise self._unreadable("number_expected")
        if count == 1:
            value: Value = tuple(rows[0]) if parted or len(rows[0]) > 1 else rows[0][0]
        elif all(len(row) == 1 and isinstance(row[0], tuple) for row in rows):
            value = tuple(row[0] for row in rows)
        else:
            value = tuple(tuple(row) for row in rows)
        if isinstance(value, tuple) and len({_shape(item) for item in value}) > 1:
            raise self._unreadable("equal_rows")
        return value

    def _entry(self) -> Value:
        sign = self.text[self.place]
        if sign not in _OPENING:
            return self._fraction()
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise self._unreadable("too_deep")
        self.place += 1
        value = self._rows(_OPENING[sign])
        if self.place >= len(self.text) or self.text[self.place] != _OPENING[sign]:
            raise self._unreadable("closing_bracket")
        self.place += 1
        self.depth -= 1
        alone = sign == "(" and isinstance(value, tuple) and len(value) == 1
        return value[0] if alone and isinstance(value, tuple) else value

    def _fraction(self) -> Fraction:
        value = self._number()
        after = re.compile(r"\s*/\s*").match(self.text, self.place)
        if after is None:
            return value
        self.place = after.end()
        below = self._number()
        if not below:
            raise self._unreadable("number_expected")
        return value / below

    def _number(self) -> Fraction:
        found = self.number.match(self.text, self.place)
        if found is None:
            raise self._unreadable("number_expected")
        digits = re.sub(r"\s", "", found[0]).replace(",", ".").lower()
        mantissa, _, exponent = digits.partition("e")
        if len(mantissa) > MAX_DIGITS or len(exponent) > 4 or abs(int(exponent or 0)) > MAX_DIGITS:
            raise self._unreadable("number_too_long")
        self.place = found.end()
        return Fraction(digits)


def _shape(value: Value) -> tuple[int, ...]:
    return (len(value), *_shape(value[0])) if isinstance(value, tuple) else ()
