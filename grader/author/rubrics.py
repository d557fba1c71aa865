"""What can be wrong with the rubric of a text."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from grader.author.parts import Criterion, Text
from grader.author.shape import place_of
from grader.author.tasks import Task
from grader.errors import Fault

FEWEST, MOST = 3, 6
"""Criteria of one text: fewer say little about a text, of more a reader loses sight."""


def rubric_faults(task: Task, part: Text) -> Iterator[Fault]:
    """Every fault of one text and its criteria."""
    if part.right is not None or part.misconceptions or part.slips or part.continues:
        problem = f"the text {part.name!r} has an oracle, mistakes or slips"
        remedy = "A person reads it: give it criteria alone, or make it an Answer."
        yield Fault(place_of(task, part), "T150", problem, remedy)
    if not FEWEST <= len(part.criteria) <= MOST:
        problem = f"the text {part.name!r} has {len(part.criteria)} criteria"
        yield Fault(place_of(task, part), "T151", problem, f"Give {FEWEST} to {MOST}.")
    codes = [criterion.code for criterion in part.criteria]
    for criterion in part.criteria:
        yield from _criterion_faults(task, part, criterion, codes.count(criterion.code))


def _criterion_faults(task: Task, part: Text, criterion: Criterion, times: int) -> Iterator[Fault]:
    place = place_of(task, criterion.code)
    if not (criterion.code.isidentifier() and criterion.code.isascii()) or times > 1:
        problem = f"the code {criterion.code!r} of a criterion of {part.name!r} "
        problem += "stands there twice" if times > 1 else "is no name"
        yield Fault(place, "T152", problem, "Give each a name of its own: Latin letters, digits and _.")
    if not criterion.says.strip():
        problem = f"the criterion {criterion.code!r} of {part.name!r} says nothing"
        yield Fault(place, "T153", problem, "Write what the text must do.")
    if not _is_positive(criterion.weight):
        problem = f"the criterion {criterion.code!r} of {part.name!r} has the weight {criterion.weight!r}"
        yield Fault(place, "T154", problem, 'Give a number above 0, such as 2 or "1/2".')


def _is_positive(weight: object) -> bool:
    try:
        return Fraction(str(weight)) > 0
    except (ValueError, ZeroDivisionError):
        return False
