"""The gradebook with everything that was found: exact fractions, parts, diagnoses, first differences.

Students are sorted by id and stand one on a line; keys keep their order. The same marks give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader.author.assignment import Assignment
from grader.exporters._writing import in_order, in_utf8, points_by_task, possible_of, total_of, whole
from grader.model.gradebook import Lateness, Record
from grader.model.verdict import Mark, Verdict


def export(rows: Iterable[Record], assignment: Assignment, file: Path) -> None:
    """Write the gradebook, sorted by student id; every record is read once and let go."""
    with whole(file) as stream:
        worth = sum((task.points for task in assignment.asked.values()), Fraction(0))
        head = {"assignment": assignment.name, "max": str(worth), "tasks": list(assignment.asked)}
        stream.write(_text(head)[:-1] + b',\n"students":[')
        between = b"\n"
        lines = ((record.student.id, _text(_student(record, assignment))) for record in rows)
        for line in in_order(lines, file.parent):
            stream.write(between + line)
            between = b",\n"
        stream.write(b"\n]}\n")


def _text(value: dict[str, Any]) -> bytes:
    return in_utf8(json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _student(record: Record, assignment: Assignment) -> dict[str, Any]:
    points = points_by_task(record, assignment)
    marks = {mark.task: mark for mark in record.marks}
    return {
        "id": record.student.id,
        "name": record.student.name,
        "status": record.status,
        "isolation": record.isolation,
        "handed_in": record.student.handed_in,
        "late": _late(record.late),
        "total": _exact(total_of(record, points)),
        "max": str(possible_of(record, assignment)),
        "tasks": {
            name: _task(marks[name]) if name in marks else _unmarked(points[name], task.points)
            for name, task in assignment.asked_of(record.student.id).items()
        },
    }


def _late(late: Lateness | None) -> dict[str, Any] | None:
    if late is None:
        return None
    return {"minutes": late.minutes, "deduction": str(late.deduction), "refused": late.refused}


def _unmarked(points: Fraction | None, possible: Fraction) -> dict[str, Any]:
    return {"points": _exact(points), "max": str(possible), "reason": "", "parts": {}}


def _task(mark: Mark) -> dict[str, Any]:
    return {
        "points": _exact(mark.points),
        "max": str(mark.possible),
        "reason": mark.reason,
        "parts": {verdict.part: _part(verdict) for verdict in mark.verdicts},
    }


def _part(verdict: Verdict) -> dict[str, Any]:
    difference = verdict.difference
    return {
        "finding": verdict.finding,
        "points": str(verdict.points),
        "max": str(verdict.possible),
        "codes": list(verdict.codes),
        "conventions": dict(sorted(verdict.conventions.items())),
        "follows": list(verdict.follows),
        "aspects": list(verdict.aspects),
        "repairs": list(verdict.repairs),
        "rubric": {tick.criterion: tick.met for tick in verdict.ticks},
        "case": verdict.case,
        "difference": None
        if difference is None
        else {
            "kind": difference.kind,
            "place": difference.place,
            "expected": difference.expected,
            "actual": difference.actual,
            "detail": dict(sorted(difference.detail.items())),
        },
    }
