"""Labelled pairs of formulas: reading them, and the rules that say which of them a formula comparator must decide.

A row is *in scope* if its label follows from mathematics alone: both sides are single expressions in the variables
they name. Rows whose label is a convention of their source are counted apart, under the first of these rules that
applies:

pairs       the note says "parse pair": the LaTeX is to be read as the given expression
matrix      the kind is "matrix": symbols with shapes (another comparator)
equation    the kind is "equation", or a sign of a relation stands in either text: what makes equations equal differs
tolerance   the label is true, one text is a decimal with four places or more, and the other holds a quotient, a root,
            a function or a broken power; or the note speaks of a tolerance, a precision or an option: equal but for
            rounding, or under a setting
extraction  a text holds words, money, several `$…$` or several boxes: the answer has first to be found
answer      a text holds a comma, `;`, a set, an interval, `±`, percent, degrees, `\\text`, a matrix, a number in
            another base: lists, sets, units and the like, in which sources contradict each other
branch      the inverse cotangent occurs: sources place its branch differently
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.algebra.names import BRACKETED, FUNCTIONS, SET_FUNCTIONS, Symbols

IN_SCOPE = "in scope"
_RELATION = re.compile(r"[=<>≤≥≠]|\\(?:leq?|geq?|neq?|lt|gt|in|approx|le|ge|ne)(?![A-Za-z])")
_ROUNDED = re.compile(r"\s*\$?\s*[-+]?\d*\.\d{4,}\s*\$?\s*")
_BROKEN = re.compile(r"/|\\(?:d?frac|sqrt)|[a-z]{2}|\^\s*\(?-?\d*\.\d")
_WORDS = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{4,}(?![A-Za-z(])")
_ANSWER = re.compile(
    r"[,;%€:±]|\\[{%]|\\(?:pm|cup|cap|circ|text\w*|mbox|begin|emptyset|infty)(?![A-Za-z])|∅|\[|_\d+\s*\$|^\s*\$?\{"
)
_BRANCH = re.compile(r"arccot|acot|arcctg")
_NAMES = re.compile(r"[A-Za-z_]\w*")
_CALLED = re.compile(r"([A-Za-z]\w*)\s*\(")
_KNOWN = {
    *FUNCTIONS,
    *BRACKETED,
    *SET_FUNCTIONS,
    "I",
    "E",
    "oo",
    "pi",
    "EmptySet",
    "Integers",
    "None",
    "True",
}


@dataclass(frozen=True)
class Row:
    """One labelled pair of texts."""

    id: str
    file: str
    student: str
    reference: str
    syntax: str
    reference_syntax: str
    expected: bool
    note: str
    kind: str

    @property
    def scope(self) -> str:
        """The rule that applies, `IN_SCOPE` where none does."""
        both = (self.student, self.reference)
        if self.note.startswith("parse pair"):
            return "pairs"
        if self.kind == "matrix":
            return "matrix"
        if self.kind == "equation" or any(_RELATION.search(text) for text in both):
            return "equation"
        if self._rounded():
            return "tolerance"
        if any(_WORDS.search(_bare(text)) or text.count("$") > 2 for text in both) and self.kind == "mv":
            return "extraction"
        if self.kind == "mv" and any(_ANSWER.search(text) for text in both):
            return "answer"
        return "branch" if any(_BRANCH.search(text) for text in both) else IN_SCOPE

    def _rounded(self) -> bool:
        if re.search("tolerance|precision|strict", self.note):
            return True
        pairs = (self.student, self.reference), (self.reference, self.student)
        return self.expected and any(_ROUNDED.fullmatch(one) and _BROKEN.search(two) for one, two in pairs)

    @property
    def symbols(self) -> Symbols:
        """What both texts may be made of: the names of texts in Python's syntax, and single letters."""
        texts = [self.reference] if self.reference_syntax == "sympy" else []
        texts += [self.student] if self.syntax == "sympy" else []
        called = {name for text in texts for name in _CALLED.findall(text)} - _KNOWN
        names = {name for text in texts for name in _NAMES.findall(text)} - _KNOWN - called
        functions = tuple(sorted(called | {"f", "g", "h"} - names))
        return Symbols(
            tuple(sorted(names)),
            functions=functions,
            open=True,
            mixed=self.syntax == "latex",
            imaginary=self.reference_syntax != "sympy",
        )


def _bare(text: str) -> str:
    """The text without the commands of LaTeX."""
    return re.sub(r"\\[A-Za-z]+", " ", text)


def rows_of(folder: Path) -> Iterator[Row]:
    """Read every file of a folder of labelled pairs, one JSON object a line."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            found = json.loads(line)
            syntax = found["syntax"]
            yield Row(
                found["id"],
                file.stem,
                found["student"],
                found["reference"],
                syntax,
                found.get("reference_syntax", syntax),
                found["expected"] is True,
                found.get("note") or "",
                found["kind"],
            )
