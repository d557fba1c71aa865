"""Equations that are transformed line by line: each must have the solutions of the one before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from grader.algebra.comparison.equations import Equation, relation
from grader.algebra.comparison.points import Domain
from grader.algebra.names import Symbols
from grader.algebra.nodes import ZERO, Symbol, depends
from grader.algebra.reader.derivations import MAX_LINES, cut, lines_of
from grader.algebra.reader.plain_text import MAX_LENGTH
from grader.algebra.reader.typed import read_typed
from grader.algebra.unreadable import Unreadable
from grader.comparators._typed import SHOWN, expected_in, seed_of, unreadable, wrong_type
from grader.model.verdict import Difference

_AROUND = " \t\r$.;⇔⇒"


@dataclass(frozen=True)
class Equations:
    """Compares chains of equations: a text of lines or a list of lines, each `left = right`.

    symbols, domain, aliases, decimal_comma   as in `Formula`
    unknown   what is solved for: the last line must be `unknown = …` without it on the right
    least     so many different lines make a derivation

    Expected is the equation that is given or any equivalent one, such as its solution.
    """

    symbols: tuple[str, ...]
    unknown: str
    domain: Domain = ()
    aliases: tuple[tuple[str, str], ...] = ()
    decimal_comma: bool = False
    least: int = 1

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give None where every equation has the solutions of `expected`. Raises `ValueError` for a faulty one."""
        text = str(expected_in(expected))
        known = Symbols(tuple(self.symbols), tuple(self.aliases), self.decimal_comma)
        try:
            given = _equation(text, known)
        except Unreadable as error:
            raise ValueError(f"the expected equation {text!r} cannot be read: {error}") from error
        lines = lines_of(actual)
        if lines is None:
            return wrong_type(actual, "text")
        if sum(map(len, lines)) > MAX_LENGTH or len(lines) > MAX_LINES:
            return unreadable("\n".join(lines)[:SHOWN], Unreadable(MAX_LENGTH, "too_long"))
        equations = []
        for number, line in enumerate(lines, 1):
            try:
                equations.append(_equation(line, known))
            except Unreadable as error:
                return unreadable(line, error, str(number))
        return self._first_wrong(given, equations, lines, seed_of(text)) or self._unfinished(equations, lines)

    def _first_wrong(
        self, before: Equation, equations: list[Equation], lines: list[str], seed: int
    ) -> Difference | None:
        for number, equation in enumerate(equations):
            found = relation(before, equation, self.unknown, tuple(self.domain), seed)
            shown = lines[number].strip()[:SHOWN]
            if found.kind == "undecided":
                return Difference("undecided", str(number + 1), "", shown, {"reason": "undefined"})
            if found.kind != "equivalent":
                detail = {"reason": f"equation_{found.kind}", "solution": found.place}
                return Difference("line", str(number + 1), "", shown, detail)
            before = equation
        return None

    def _unfinished(self, equations: list[Equation], lines: list[str]) -> Difference | None:
        own = len({(equation.left, equation.right) for equation in equations})
        if own < self.least:
            return Difference("count", "", str(self.least), str(own), {"reason": "steps"})
        last = equations[-1]
        if last.left != Symbol(self.unknown) or depends(last.right, self.unknown):
            detail = {"reason": "unsolved", "unknown": self.unknown}
            return Difference("line", str(len(lines)), "", lines[-1].strip()[:SHOWN], detail)
        return None


def _equation(text: str, known: Symbols) -> Equation:
    """Read `left = right`, or an expression that is to be zero. Raises `Unreadable`."""
    parts, start = [], 0
    for part in cut(text):
        if part.strip(_AROUND):
            parts.append(" " * start + re.sub("[⇔⇒]", " ", part))
        start += len(part) + 1
    if len(parts) > 2:
        raise Unreadable(len(parts[1]) + 1, "operator_expected", "=")
    sides = [read_typed(part, known) for part in parts or [""]]
    return Equation(sides[0], sides[1] if len(sides) == 2 else ZERO)
