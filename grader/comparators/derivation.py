"""Derivations line by line: every line must equal the expected result, and the first that does not is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from grader.algebra.equality import Equal, Undecided, compare
from grader.algebra.names import Symbols
from grader.algebra.nodes import Derivative, Node, has_derivative
from grader.algebra.plain_text import MAX_LENGTH
from grader.algebra.points import Domain
from grader.algebra.reading import read
from grader.algebra.unreadable import Unreadable
from grader.comparators._typed import (
    SHOWN,
    expected_in,
    seed_of,
    shown_witness,
    unevaluated,
    unreadable,
    wrong_type,
)
from grader.comparators.formula import expected_formula
from grader.model.verdict import Difference

MAX_LINES = 100
OWN_LINES = 2
"""So many different lines make a derivation; a first line that repeats the question is none."""

_ASKED = re.compile(r"\s*d/d(\w+)\s*=")
_LINE_END = re.compile(r"\n|\\\\")
_SURROUNDINGS = re.compile(
    r"\\(?:begin|end)\s*\{(?:align|aligned|alignat|gather|gathered|split|multline|equation|eqnarray)\*?\}"
    r"(?:\s*\{\d+\})?|\\(?:notag|nonumber)\b|\$\$"
)
"""What LaTeX puts around lines that stand below each other."""
_LABEL = re.compile(
    r"\s*\$*\s*(?:[^\W\d_]\w*\s*'+(?:_?\w+)?(?:\s*\([\w\s,;]*\))?|[d∂]\s*\w*\s*/\s*[d∂]\s*\w+|\\frac\s*\{[^{}]*\}\s*\{[^{}]*\})\s*"
)
"""What may stand on the left of the first sign of equality: `y'`, `f'(x)`, `df/dy`."""


class Step(Struct, frozen=True):
    """One expression of a derivation: its line or, if all stands in one line, its number there."""

    place: str
    text: str


@dataclass(frozen=True)
class Derivation:
    """Compares derivations: a list of lines, a text of lines, or a chain `a = b = c`.

    symbols, domain, aliases, decimal_comma, variable   as in `Formula`

    The expected text may name the variable where it is dealt: in `d/dy = 2y`, a prime differentiates by y.
    """

    symbols: tuple[str, ...]
    domain: Domain = ()
    aliases: tuple[tuple[str, str], ...] = ()
    decimal_comma: bool = False
    variable: str = ""

    def written(self, result: str) -> list[str]:
        """Give the shortest derivation of `result` (with or without its left side): two different lines."""
        text = str(result).rpartition("=")[2].strip()
        return [f"({text}) + 0", text]

    def agrees(self, expected: Any, actual: Any) -> bool:
        """Whether every line equals `expected`, at a fraction of what it costs to say which does not."""
        return self._compared(expected, actual, explain=False) is None

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give None where every line equals `expected`. Raises `ValueError` where that cannot be read."""
        return self._compared(expected, actual, explain=True)

    def _compared(self, expected: Any, actual: Any, explain: bool) -> Difference | None:
        text = str(expected_in(expected))
        asked = _ASKED.match(text)
        variable = asked[1] if asked else self.variable
        known = Symbols(tuple(self.symbols), tuple(self.aliases), self.decimal_comma, variable)
        right = expected_formula(text, known)
        lines = _lines(actual)
        if lines is None:
            return wrong_type(actual, "text")
        if sum(map(len, lines)) > MAX_LENGTH or len(lines) > MAX_LINES:
            return unreadable("\n".join(lines)[:SHOWN], Unreadable(MAX_LENGTH, "too_long"))
        steps = list(_steps(lines))
        trees: list[Node] = []
        for step in steps:
            try:
                trees.append(read(step.text, known))
            except Unreadable as error:
                return unreadable(step.text, error, step.place)
        return self._first_wrong(steps, trees, right, seed_of(text), explain) or _too_few(steps, trees)

    def _first_wrong(
        self, steps: list[Step], trees: list[Node], right: Node, seed: int, explain: bool
    ) -> Difference | None:
        undecided: Difference | None = None
        for number, (step, tree) in enumerate(zip(steps, trees, strict=True)):
            verdict = compare(right, tree, domain=tuple(self.domain), seed=seed, explain=explain)
            if isinstance(verdict, Equal):
                continue
            if not explain:
                return Difference("line", step.place)
            shown = step.text.strip()[:SHOWN]
            if isinstance(verdict, Undecided):
                reason: dict[str, str] = {"reason": verdict.reason}
                undecided = undecided or Difference("undecided", step.place, "", shown, reason)
                continue
            follows = number > 0 and self._equal(trees[number - 1], tree, seed)
            detail = shown_witness(verdict.witness) | {"follows": "yes" if follows else "no"}
            return Difference("line", step.place, "", shown, detail)
        return undecided

    def _equal(self, before: Node, after: Node, seed: int) -> bool:
        return isinstance(compare(before, after, domain=tuple(self.domain), seed=seed), Equal)


def _too_few(steps: list[Step], trees: list[Node]) -> Difference | None:
    """Tell whether the last line is no result, or there are too few lines of one's own."""
    own = set(trees[1:] if trees and isinstance(trees[0], Derivative) else trees)
    if len(own) < OWN_LINES:
        return Difference("count", "", str(OWN_LINES), str(len(own)))
    if has_derivative(trees[-1]):
        return unevaluated(steps[-1].text.strip(), 1, steps[-1].place)
    return None


def _lines(actual: Any) -> list[str] | None:
    """The lines of an answer that are not empty; None for what is neither a text nor a list of texts."""
    items = list(actual) if type(actual) in (list, tuple) else [actual]
    if not items or not all(isinstance(item, str) for item in items):
        return None
    texts = (_SURROUNDINGS.sub(" ", str(item)) for item in items)
    lines = (line.replace("&", " ") for text in texts for line in _LINE_END.split(text))
    return [line for line in lines if line.strip(" \t\r$")]


def _steps(lines: list[str]) -> Iterator[Step]:
    """The expressions between the signs of equality, without a label on the left of the first."""
    single = len(lines) == 1
    count = 0
    for number, line in enumerate(lines, 1):
        parts = [part for part in _parts(line) if part.strip(" \t\r$")]
        if len(parts) > 1 and _LABEL.fullmatch(parts[0]):
            parts = parts[1:]
        for part in parts:
            count += 1
            yield Step(str(count if single else number), part)


def _parts(line: str) -> Iterator[str]:
    """Cut at the signs of equality outside brackets."""
    depth = start = 0
    for place, sign in enumerate(line):
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif sign == "=" and depth <= 0:
            yield line[start:place]
            start = place + 1
    yield line[start:]
