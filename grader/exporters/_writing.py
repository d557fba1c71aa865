"""What exporters share: files that are whole or absent, and lines in the order of the students."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from grader.author.assignment import Assignment
from grader.model.gradebook import Record


@contextmanager
def whole(file: Path) -> Iterator[BinaryIO]:
    """A stream that becomes `file` when all is written; what was there stays until then, or on failure."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with fresh.open("wb") as stream:
            yield stream
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def in_order(lines: Iterable[tuple[str, bytes]], folder: Path) -> Iterator[bytes]:
    """Lines sorted by student id; they wait in an unnamed file, only their places in memory."""
    with tempfile.TemporaryFile(dir=folder) as waiting:
        places = []
        for student, line in lines:
            places.append((student, waiting.tell(), len(line)))
            waiting.write(line)
        for _, start, length in sorted(places):
            waiting.seek(start)
            yield waiting.read(length)


def points_by_task(record: Record, assignment: Assignment) -> dict[str, Fraction | None]:
    """Points of every task that is asked of the student, None where they are withheld or left empty.

    Who handed in nothing has no marks: `not_submitted` of the assignment decides.
    """
    marks = {mark.task: mark.points for mark in record.marks}
    nothing = Fraction(0) if assignment.decisions.not_submitted == "zero" else None
    absent = nothing if record.status == "not_submitted" and not record.marks else None
    return {name: marks.get(name, absent) for name in assignment.asked_of(record.student.id)}


def possible_of(record: Record, assignment: Assignment) -> Fraction:
    """What the student could earn."""
    if record.marks:
        return record.possible
    asked = assignment.asked_of(record.student.id).values()
    return sum((task.points for task in asked), Fraction(0))


def total_of(record: Record, points: dict[str, Fraction | None]) -> Fraction | None:
    """The total as the student's page has it; None where the mark of a task is not known."""
    known = [one for one in points.values() if one is not None]
    if len(known) < len(points):
        return None
    return record.points if record.marks else sum(known, Fraction(0))


def in_utf8(text: str) -> bytes:
    """UTF-8; bytes of a file name that were no UTF-8 stand as escapes, which JSON reads back."""
    return text.encode("utf-8", "backslashreplace")
