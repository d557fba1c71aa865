"""Texts: what people have ticked becomes points; until every criterion is decided the points are open."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from grader.author.parts import Text, fraction
from grader.author.tasks import Task
from grader.model.observation import Observation
from grader.model.tick import Tick, fingerprint_of_text
from grader.model.verdict import Finding, Verdict

VOID = "ticks_void"
"""Said of a text that was read by a person, and handed in anew since."""


def ticked(task: Task, part: Text, observation: Observation, ticks: Iterable[Tick]) -> Verdict:
    """The verdict on one text that came back or, where it did not, on what went wrong instead.

    A criterion that is no longer in the rubric counts for nothing, and one without a tick leaves all points open.
    """
    possible = fraction(part.points)
    if observation.outcome != "returned":
        return Verdict(task.name, part.name, "failed", Fraction(0), possible)
    shares = part.shares()
    of_part = [t for t in ticks if (t.task, t.part) == (task.name, part.name) and t.criterion in shares]
    answer = fingerprint_of_text(bytes(observation.value))
    valid = {tick.criterion: tick for tick in of_part if tick.answer == answer}
    if valid.keys() < shares.keys():
        codes = (VOID,) if len(valid) < len(of_part) else ()
        return Verdict(task.name, part.name, "awaiting", Fraction(0), possible, codes=codes)
    points = sum((share for code, share in shares.items() if valid[code].met), Fraction(0))
    finding: Finding = "right" if points == possible else "ticked"
    decided = tuple(valid[criterion.code] for criterion in part.criteria)
    return Verdict(task.name, part.name, finding, points, possible, ticks=decided)
