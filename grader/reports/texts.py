"""A text that a person marks, as a page shows it: the prose, and the rubric with what was ticked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from grader.author.parts import Text
from grader.model.verdict import Verdict
from grader.reports.shown import visible

LONGEST_PROSE = 20_000
"""Characters of one text that are shown: ten times what a question of half an hour is answered in."""


@dataclass(frozen=True)
class CriterionView:
    """One criterion; `met` is None until everything about the text is decided. `says` is Markdown."""

    says: str
    possible: Fraction
    met: bool | None = None
    comment: str = ""


@dataclass(frozen=True)
class TextView:
    """What was written, line by line and harmless, with its rubric; `left_out` characters are not shown."""

    lines: tuple[str, ...]
    rubric: tuple[CriterionView, ...]
    left_out: int = 0


def prose_of(value: object) -> str:
    """A text, or the lines of one; whatever else was handed in, as Python shows it."""
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)) and all(isinstance(line, str) for line in value):
        return "\n".join(value)
    return repr(value)


def text_view(part: Text, verdict: Verdict, value: object, say: Callable[[str], str]) -> TextView:
    """The view of a text that came back as `value`; `say` gives an author's text in the language of the page."""
    prose = prose_of(value)
    shown = prose[:LONGEST_PROSE].expandtabs(4)
    ticks = {tick.criterion: tick for tick in verdict.ticks}
    shares = part.shares()
    rubric = []
    for criterion in part.criteria:
        tick = ticks.get(criterion.code)
        met, comment = (tick.met, visible(tick.comment)) if tick else (None, "")
        rubric.append(CriterionView(say(criterion.says), shares[criterion.code], met, comment))
    lines = tuple(visible(line) for line in shown.splitlines())
    return TextView(lines, tuple(rubric), max(0, len(prose) - LONGEST_PROSE))
