"""The gradebook as a table: one line for each student, points with two decimals at most.

RFC 4180, UTF-8. A withheld mark is an empty cell, and `status` says why; a task that is not on the student's ticket
is an empty cell, too. `late` are minutes after the end of the hour; what they cost has been taken off the total.

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula: ids, names,
and all else that is text get an apostrophe in front then (`'=cmd()`), as spreadsheets write it themselves. Take one
apostrophe away to read such a cell back (`unguarded`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from grader.author.assignment import Assignment
from grader.exporters._writing import in_order, in_utf8, points_by_task, possible_of, total_of, whole
from grader.model.gradebook import Record

FORMULA = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"
BETWEEN = " ; "
HEAD = ("student", "name")
TAIL = ("total", "max", "percent", "status", "late", "diagnoses")


def export(rows: Iterable[Record], assignment: Assignment, file: Path) -> None:
    """Write the gradebook, sorted by student id; every record is read once and let go."""
    with whole(file) as stream:
        stream.write(_line([*HEAD, *map(guarded, assignment.asked), *TAIL]))
        lines = ((record.student.id, _line(_cells(record, assignment))) for record in rows)
        stream.writelines(in_order(lines, file.parent))


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula; reversed by `unguarded`."""
    return GUARD + text if text.lstrip(GUARD).startswith(FORMULA) else text


def unguarded(cell: str) -> str:
    """What was guarded."""
    return cell[1:] if cell.startswith(GUARD) and cell.lstrip(GUARD).startswith(FORMULA) else cell


def _cells(record: Record, assignment: Assignment) -> list[str]:
    points = points_by_task(record, assignment)
    total = total_of(record, points)
    possible = possible_of(record, assignment)
    return [
        guarded(record.student.id),
        guarded(record.student.name),
        *(number(points.get(name)) for name in assignment.asked),
        number(total),
        number(possible),
        number(None if total is None or not possible else total / possible * 100),
        _status(record),
        "" if record.late is None else str(record.late.minutes),
        guarded(BETWEEN.join(record.codes())),
    ]


def number(value: Fraction | None) -> str:
    """A number rounded once to two decimals at most, halves up, with a point; empty where it is not known."""
    if value is None:
        return ""
    hundredths = Decimal((2 * 100 * value.numerator + value.denominator) // (2 * value.denominator))
    text = f"{hundredths.scaleb(-2):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _status(record: Record) -> str:
    withheld = (mark for mark in record.marks if mark.points is None and mark.reason != record.status)
    reasons = [f"{mark.task}: {' '.join(mark.reason.split())}" for mark in withheld]
    return guarded(f"{record.status} ({BETWEEN.join(reasons)})" if reasons else record.status)


def _line(cells: list[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return in_utf8(text.getvalue())
