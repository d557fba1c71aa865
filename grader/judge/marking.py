"""Marking: one combination of conventions for each task, the best for the student; then points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import msgspec

from grader.author.parts import Code, Part, fraction
from grader.author.readings import Setting, convention_settings, names_used
from grader.author.tasks import Task
from grader.errors import InternalError
from grader.judge.dealing import Hand
from grader.judge.diagnosing import Diagnosis, Found
from grader.judge.evidence import Evidence
from grader.judge.expecting import Expectations
from grader.model.observation import Observation
from grader.model.tick import Tick
from grader.model.verdict import WAITING, Finding, Mark, Verdict

MIXED = "mixed_conventions"
REASONS: dict[Finding, str] = {"withheld": "fault", "undecided": "undecided", "awaiting": "awaiting"}
"""Why a mark is open, by what a part is found to be; the first that applies is told."""


def mark_student(
    expectations: Expectations,
    hand: Hand,
    observations: Mapping[str, Observation],
    ticks: tuple[Tick, ...] = (),
    asked: Iterable[Task] | None = None,
) -> tuple[Mark, ...]:
    """Mark the tasks `asked` (or all) from what was observed of one student who was dealt `hand`.

    `ticks` are what people have decided about the student's texts.
    """
    evidence = expectations.evidence = Evidence(expectations, hand, observations, ticks)
    elsewhere: dict[str, Verdict] = {}
    marks = []
    for task in expectations.assignment.tasks.values() if asked is None else asked:
        mark = mark_task(evidence, task, elsewhere)
        elsewhere |= {f"{task.name}_{verdict.part}": verdict for verdict in mark.verdicts}
        marks.append(mark)
    return tuple(marks)


def mark_task(evidence: Evidence, task: Task, elsewhere: Mapping[str, Verdict]) -> Mark:
    """Judge all parts of `task` under the combination of conventions that serves the student best.

    Whatever fails in here is no fault of the student: the mark of this task is withheld with the reason.
    """
    try:
        verdicts = _best_combination(evidence, task, elsewhere)
    except InternalError as error:
        return Mark(task.name, None, task.points, (), str(error))
    except Exception as error:  # noqa: BLE001 - a comparator that fails on one task must not withhold the others
        return Mark(task.name, None, task.points, (), f"{type(error).__name__}: {error}")
    found = {verdict.finding for verdict in verdicts}
    if found & WAITING:
        reason = next(said for finding, said in REASONS.items() if finding in found)
        return Mark(task.name, None, task.points, verdicts, reason)
    points = sum((verdict.points for verdict in verdicts), Fraction(0))
    return Mark(task.name, min(points, task.points), task.points, verdicts)


def _best_combination(
    evidence: Evidence, task: Task, elsewhere: Mapping[str, Verdict]
) -> tuple[Verdict, ...]:
    """Verdicts of the parts that were posed (a check poses public cases only)."""
    parts = [part for part in task.parts if evidence.posed(task, part)]
    names = frozenset(name for part in parts for name in names_used(part))
    best: tuple[Verdict, ...] = ()
    seen: dict[str, list[tuple[dict[str, str], Verdict]]] = {}
    alone: dict[tuple[str, Setting], Found] = {}
    for combination in convention_settings(task, names):
        diagnosis = Diagnosis(evidence, task, combination, alone)
        judged = parts if not best else _worth_judging(diagnosis, parts, best)
        verdicts = tuple(diagnosis.judge(part, elsewhere) for part in judged)
        for verdict in verdicts:
            seen.setdefault(verdict.part, []).append((verdict.conventions, verdict))
        if not best or (len(judged) == len(parts) and _worth(verdicts) > _worth(best)):
            best = verdicts
        if all(verdict.finding == "right" for verdict in best):
            break
    return tuple(_mixed(verdict, seen[verdict.part]) for verdict in best)


def _worth_judging(diagnosis: Diagnosis, parts: list[Part], best: tuple[Verdict, ...]) -> list[Part]:
    """All parts; where another combination has served the student better than this can, those right only here.

    What takes the longest to find out is asked last, as it hardly ever matters.
    """
    margin = sum(fraction(part.points) for part in parts) - _worth(best)[0]
    for part in sorted(parts, key=lambda part: isinstance(part, Code)):
        margin -= fraction(part.points) - diagnosis.most(part)
        if margin < 0:
            wrong = [part for part, verdict in zip(parts, best, strict=True) if verdict.finding != "right"]
            return [part for part in wrong if diagnosis.is_right(part)]
    return parts


def _worth(verdicts: tuple[Verdict, ...]) -> tuple[Fraction, int]:
    points = sum((verdict.points for verdict in verdicts), Fraction(0))
    return points, sum(verdict.finding not in ("unexplained", "failed") for verdict in verdicts)


def _mixed(verdict: Verdict, alternatives: list[tuple[dict[str, str], Verdict]]) -> Verdict:
    """Say so where a part is right, but under a convention that the rest of the task does not share.

    An author who declares that mistake has a better sentence for it, and a credit: it stays. Two mistakes at once are
    less believed than that; what they earn stays.
    """
    if verdict.finding != "unexplained" and len(verdict.codes) < 2:
        return verdict
    for conventions, other in alternatives:
        if other.finding == "right" and conventions != verdict.conventions:
            return msgspec.structs.replace(
                verdict, finding="unexplained", codes=(MIXED,), conventions=conventions
            )
    return verdict
