"""Chains `a = b = c` of whatever another comparator compares: matrix formulas, numbers, formulas."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import msgspec

from grader.algebra.reader.derivations import MAX_LINES, cut, lines_of
from grader.algebra.reader.plain_text import MAX_LENGTH
from grader.algebra.unreadable import Unreadable
from grader.comparators._typed import SHOWN, unreadable, wrong_type
from grader.model.comparing import Comparator
from grader.model.verdict import Difference

_INDEX = re.compile(r"_(?:\{(\w+)\}|(?=\w))")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")


@dataclass(frozen=True)
class Chain:
    """Compares derivations line by line: every line must be what `compare` expects of the answer.

    compare   such as `MatrixFormula(…)`, for `dW = (x W)^T … = x^T dz`
    least     so many different lines make a derivation; fewer are a jump to the answer
    broken    so many lines may be wrong in themselves, if a right one stands before and all others agree with them
    names     what may stand on the left of the first sign of equality, such as `dW` or `ds_3/dw`, which may then be
              set in LaTeX, too; it is no line of its own
    """

    compare: Comparator
    least: int = 2
    names: tuple[str, ...] = ()
    broken: int = 0

    def written(self, expected: Any) -> list[str]:
        """The shortest derivation of what is expected, or one that is broken: what somebody hands in who means it."""
        more = getattr(self.compare, "written", None)
        text = str(more(expected) if more is not None else expected)
        if self.broken:
            return [f"({text})", f"({text}) + ({text})", f"({text}) + 0 + ({text})"]
        return [f"({text})" + " + 0" * extra for extra in range(self.least - 1, -1, -1)]

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give None where all lines are right and enough, else the first that is not, with what `compare` says."""
        lines = lines_of(actual)
        if lines is None:
            return wrong_type(actual, "text")
        if sum(map(len, lines)) > MAX_LENGTH or len(lines) > MAX_LINES:
            return unreadable("\n".join(lines)[:SHOWN], Unreadable(MAX_LENGTH, "too_long"))
        names = set(map(_as_typed, self.names))
        steps = [
            (str(number), part.strip(" \t\r$"))
            for number, line in enumerate(lines, 1)
            for part in cut(line)
            if part.strip(" \t\r$") and _as_typed(part) not in names
        ]
        wanted, broken = expected, 0
        for number, (place, text) in enumerate(steps):
            difference = self.compare(wanted, text)
            if difference is None:
                continue
            broken += 1
            wanted = text
            if not number or broken > self.broken or not _makes_sense(difference):
                where = f"{place}:{difference.place}" if difference.place else place
                kind = "line" if difference.kind == "formula" else difference.kind
                return msgspec.structs.replace(difference, kind=kind, place=where)
        own = len({"".join(text.split()) for _, text in steps})
        if own < self.least:
            return Difference("count", "", str(self.least), str(own), {"reason": "steps"})
        return None


def _as_typed(name: str) -> str:
    """A name as it is typed in one line, without what its index is set with: `\\frac{ds_3}{dw}` is `ds3/dw`."""
    text = _INDEX.sub(r"\1", name.replace("\\partial", "∂").strip(" \t\r$"))
    return "".join(unicodedata.normalize("NFKC", _FRACTION.sub(r"\1/\2", text)).split())


def _makes_sense(difference: Difference) -> bool:
    """Whether a wrong line is a formula that others can agree with; one whose shapes do not fit is none."""
    return difference.kind == "formula" and not difference.detail.get("reason", "").startswith("shape.")
