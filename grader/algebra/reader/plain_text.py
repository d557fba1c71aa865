"""From LaTeX, Unicode and look-alike letters to few plain signs, each with its place in the original text.

And which part of a text is the answer.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

from grader.algebra.names import BRACKETED, FUNCTIONS, GREEK
from grader.algebra.reader.latex_signs import (
    ACCENTS,
    BLACKBOARD,
    COMMANDS,
    DISPLAYS,
    ENVIRONMENTS,
    ESCAPED,
    OTHERWISE,
    PREFIXES,
    PRIVATE,
    SIGNS,
    TABLE,
    UPRIGHT,
    WRAPPERS,
)

MAX_LENGTH = 4000

_LETTER = r"[^\W\d_]|\\[A-Za-z]+"
_SPELLED = (
    r"(?<![^\W_]|\\)(?:[Ss]um|[Pp]rod|Σ|Π)"
    r"(?=\s*(?:\^\s*(?:\{[^{}]*\}|\w)\s*)?_\s*[({]?\s*[^\W\d]\w*\s*=)"
)
"""A sum or product with bounds, as it is typed without LaTeX: `sum_{k=1}^n`."""
_PATTERN = (
    rf"(?P<wrapped>\\(?:{'|'.join(WRAPPERS)})(?![A-Za-z])\s*\*?\s*\{{(?P<inside>[^{{}}]*)\}})"
    rf"|(?P<blackboard>\\(?:mathbb|Bbb)\s*\{{?\s*(?P<set>[NZQRC])\s*\}}?)"
    rf"|(?P<accent>\\(?P<mark>{'|'.join(ACCENTS)})(?![A-Za-z])"
    rf"(?:\s*\{{\s*(?P<under>{_LETTER})\s*\}}|\s*(?P<below>[^\W\d_](?![A-Za-z])|\\[A-Za-z]+)))"
    rf"|(?P<bar>(?:\\overline(?=\s*\{{\s*(?:{_LETTER})\s*\}}\s*(?:\^(?:\{{[^{{}}]*\}}|\w))?_)|(?<![\\\w])bar)"
    rf"\s*\{{\s*(?P<barred>{_LETTER})\s*\}})"
    rf"|(?P<begin>\\begin\s*\{{(?P<opened>{ENVIRONMENTS})\}}(?:\s*\{{[lcr|\s]*\}})?)"
    rf"|(?P<finish>\\end\s*\{{(?P<closed>{ENVIRONMENTS})\}})"
    rf"|(?P<display>\\(?:begin|end)\s*\{{(?:{DISPLAYS})\*?\}})"
    r"|(?P<thousands>(?<=[0-9])\{,\}(?=[0-9]{3}(?![0-9])))"
    r"|(?P<point>(?<=[0-9])\{,\}(?=[0-9]))"
    r"|(?P<null>\\(?:left|right)\s*\.)"
    r"|(?P<degree>\^\s*\{?\s*\\circ(?![A-Za-z])\s*\}?)"
    r"|(?P<row>\\\\(?:\s*\[[0-9a-z.]*\])?)"
    r"|(?P<same>(?:(?!\{,\})[0-9()\[\]{}+*/,;=<>\s-]|\^(?!\s*\{?\s*\\circ))+)"
    r"|\\(?P<command>[A-Za-z]+)(?:\{\})?"
    r"|\\(?P<escaped>.)"
    rf"|(?P<spelled>{_SPELLED})"
    r"|(?P<module>(?<![\w.])(?:np|numpy|scipy|sympy|sp|[Mm]ath|torch|tf|jnp)\s*\.\s*"
    r"(?:(?:nn|special|functional)\s*\.\s*)*(?=[A-Za-z]))"
    r"|(?P<sign>.)"
)
_PIECES = re.compile(_PATTERN, re.DOTALL)
_CASE = "if|for|when|otherwise|else|при|если|иначе"
_PIECES_OF_CASES = re.compile(
    rf"(?P<case>\\(?:text|textrm|mbox|mathrm)\s*\{{\s*,?\s*(?:{_CASE}|в остальных случаях)\s*\}}"
    rf"|(?<![\w\\])(?:{_CASE})(?!\w))|{_PATTERN}",
    re.DOTALL,
)
_ELSEWHERE = re.compile("otherwise|else|иначе|остальных")
_UNCHANGED = re.compile(
    r"(?:(?!\{,\})[A-Za-z0-9()\[\]{}+*/^,;=<>!_|'\s-]|(?<![A-Za-z])\.(?![A-Za-z0-9])|\.(?=[0-9]))*"
)
"""Texts in which every sign stands for itself, but for words that are `_CHANGED`.

No two of its branches match the same sign, or it would take for ever to fail.
"""
_COMMAND = re.compile(r"(?<!\\)\\[A-Za-z]")
"""Where it occurs nowhere, doubled backslashes are those of commands (`\\\\frac`), as a program would print them."""
_CHANGED = re.compile(rf"bar|{_SPELLED}")
_PART = r"(?:\{[^{}]*\}|\w)"
_RAISED_FIRST = re.compile(
    rf"((?<=[∑∏∫])\s*\^\s*{_PART}|(?<=[^\W\d_])\^\s*(?:\d|\{{[^{{}}]*\}})|(?<=\}})\^\s*\d)\s*(_\s*{_PART})"
)
_APART = re.compile(r"(?<=\w)\s+(?=[_^])|(?<=_)\s+(?=[\w{])")


_SIGNS_OF = MappingProxyType({"degree": "°", "point": ".", "display": " "})


class _Plain:
    """What has been made of a text so far: signs and their columns."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.signs: list[str] = []
        self.columns: list[int] = []
        self.tables = 0

    def put(self, piece: str, column: int, step: int = 0) -> None:
        for number, sign in enumerate(piece):
            self.signs.append(sign)
            self.columns.append(column + number * step)

    def take(self, found: re.Match[str]) -> None:
        column = found.start() + 1
        match found.lastgroup:
            case "sign":
                cell = self.tables and found[0] == "&"
                self.put(TABLE["&"] if cell else _plain_sign(found[0]), column)
            case "same":
                self.signs.extend(found[0])
                self.columns.extend(range(column, column + len(found[0])))
            case "command":
                following = self.text[found.end() : found.end() + 1]
                self.put(_plain_command(found["command"], following), column)
            case "wrapped":
                self._wrapped(found)
            case "accent":
                letter, mark = _plain_letter(found["under"] or found["below"]), ACCENTS[found["mark"]]
                self.put(f" {letter}_{{{mark}}}" if mark else f" {letter}", column)
            case "bar":
                self.put(f" {_plain_letter(found['barred'])}_{{bar}}", column)
            case "blackboard":
                self.put(f" {BLACKBOARD[found['set']]} ", column)
            case "begin" | "finish":
                self._table(found)
            case "degree" | "point" | "display" | "spelled" | "case" as kind:
                self.put(_sign_of(kind, found[0]), column)
            case "row":
                self.put(TABLE["\\\\"] if self.tables else " ", column)
            case "escaped":
                self.put(ESCAPED.get(found["escaped"], " "), column)

    def _wrapped(self, found: re.Match[str]) -> None:
        word = len(found["inside"].strip()) > 1
        self.put(UPRIGHT if word else " ", found.start() + 1)
        self.put("".join(_plain_sign(sign) or " " for sign in found["inside"]), found.start("inside") + 1, 1)
        self.put(" ", found.end())

    def _table(self, found: re.Match[str]) -> None:
        opening = found.lastgroup == "begin"
        self.tables += 1 if opening else -1
        name = found["opened" if opening else "closed"]
        kind = "cases" if name.endswith("cases") else "det" if name.startswith("v") else "table"
        self.put(TABLE[f"{'begin' if opening else 'end'} {kind}"], found.start() + 1)


def _sign_of(kind: str, piece: str) -> str:
    if kind == "spelled":
        return "∏" if piece[0] in "pPΠ" else "∑"
    if kind == "case":
        return OTHERWISE if _ELSEWHERE.search(piece) else " "
    return _SIGNS_OF[kind]


def answer_span(text: str) -> tuple[int, int]:
    """Cut off what stands before the last sign of equality outside brackets, and the full stop at the end.

    Backticks around a formula say that it is one.
    """
    end = len(text)
    while end and (text[end - 1].isspace() or text[end - 1] in ".,;$"):
        end -= 1
    depth, start = 0, len(text) - len(text.lstrip())
    while start < end - 1 and text[start] == text[end - 1] == "`":
        start, end = start + 1, end - 1
    for place in range(start, text.find("\\begin{cases}") if "cases}" in text else end):
        if text[place] in "([{":
            depth += 1
        elif text[place] in ")]}":
            depth -= 1
        elif text[place] == "=" and depth <= 0 and text[place - 1 : place] not in ("<", ">", "!", ":"):
            start = place + 1
    return start, end


def plain_text(text: str) -> tuple[str, list[int]]:
    """Give the plain signs of `text` and, for each of them and for the end, its column in `text`, from 1."""
    if _UNCHANGED.fullmatch(text) and not _CHANGED.search(text):
        return _index_first(text, list(range(1, len(text) + 2)))
    if not _COMMAND.search(text):
        text = re.sub(r"\\\\(?=[A-Za-z])", r" \\", text)
    plain = _Plain(text)
    for found in (_PIECES_OF_CASES if "cases}" in text else _PIECES).finditer(text):
        plain.take(found)
    plain.columns.append(len(text) + 1)
    return _index_first("".join(plain.signs), plain.columns)


def _index_first(signs: str, columns: list[int]) -> tuple[str, list[int]]:
    """Bring an index before the power that was written before it, and next to its name: `x^2_1`, `\\alpha _1`."""
    if "_" not in signs:
        return signs, columns
    for gap in reversed(list(_APART.finditer(signs))):
        signs = signs[: gap.start()] + signs[gap.end() :]
        columns = columns[: gap.start()] + columns[gap.end() :]
    pieces, places, end = [], [], 0
    for found in _RAISED_FIRST.finditer(signs):
        order = ((end, found.start()), found.span(2), found.span(1))
        pieces += [signs[start:stop] for start, stop in order]
        places += [column for start, stop in order for column in columns[start:stop]]
        end = found.end()
    return "".join(pieces) + signs[end:], places + columns[end:]


def _plain_sign(sign: str) -> str:
    if sign in SIGNS:
        return SIGNS[sign]
    if sign in PRIVATE:
        return "\ufffd"
    if "\U0001d400" <= sign <= "\U0001d7ff" or "\uff01" <= sign <= "\uff5e":
        return unicodedata.normalize("NFKC", sign)
    return sign


def _plain_letter(letter: str) -> str:
    return GREEK.get(letter[1:], letter[1:]) if letter.startswith("\\") else _plain_sign(letter)


def _plain_command(name: str, following: str) -> str:
    """A function stands apart from the letters around it, but not from its index (`\\log_2`)."""
    if name in COMMANDS:
        return COMMANDS[name]
    if name in WRAPPERS:
        return " "
    if name in FUNCTIONS or name in BRACKETED:
        return f" {name} " if following.isalpha() else f" {name}"
    for prefix in PREFIXES:
        if name.startswith(prefix):
            return COMMANDS[prefix] + name[len(prefix) :]
    return f"\\{name}"
