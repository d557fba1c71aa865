"""When work arrived: as a table says, else as the files themselves say."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from msgspec import structs

from grader.bundles._handed import Handed, identity
from grader.errors import Fault, UsageError
from grader.workflow.delivery import ID_COLUMNS, Delivery, table_rows

TIME_COLUMNS = ("time", "submitted", "handed_in")


def timed(delivery: Delivery, start: datetime | None, table: Path | None) -> Delivery:
    """The delivery with the time at which each student handed in; without a `start` nobody's time matters.

    Without a table it is that of the student's last file. Raises `UsageError` with every row that cannot be read.
    """
    if start is None:
        return delivery
    told = {} if table is None else read_times(table, start, delivery.students)
    found = {one.student: last_change(one) for one in delivery.handed} if table is None else told
    arrived = {student: time for student, time in found.items() if time is not None}
    students = {
        name: structs.replace(student, handed_in=arrived[name].astimezone(start.tzinfo).isoformat())
        if name in arrived
        else student
        for name, student in delivery.students.items()
    }
    return replace(delivery, students=students)


def last_change(handed: Handed) -> datetime | None:
    """When the last of a student's files was changed, as its archive remembers it; None where nothing says so."""
    latest = max((file.stat().st_mtime for file in handed.files), default=0.0)
    return datetime.fromtimestamp(int(latest)).astimezone() if latest > 0 else None


def read_times(file: Path, start: datetime, students: Iterable[str]) -> dict[str, datetime]:
    """Read a CSV table with the columns `student` and `time`; a time without an offset has that of `start`."""
    remedy = "Give a CSV table in UTF-8 with the columns `student` and `time`."
    try:
        rows = table_rows(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problem = f"the times cannot be read: {getattr(error, 'strerror', None) or error}"
        raise UsageError([Fault(str(file), "U165", problem, remedy)]) from None
    columns = [name.strip().lower() for name in rows[0][1]] if rows else []
    who = next((name for name in ID_COLUMNS if name in columns), None)
    when = next((name for name in TIME_COLUMNS if name in columns), None)
    if who is None or when is None:
        raise UsageError([Fault(f"{file}:1", "U166", "a column is missing in the table of times", remedy)])
    known = {identity(student): student for student in students}
    times: dict[str, datetime] = {}
    faults = []
    for line, cells in rows[1:]:
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        try:
            time = datetime.fromisoformat(row.get(when, ""))
        except ValueError:
            problem = f"{row.get(when, '')!r} is no time"
            faults.append(
                Fault(f"{file}:{line}", "U167", problem, "Write it like 2026-12-01T11:02:30+03:00.")
            )
            continue
        student = known.get(identity(row.get(who, "")))
        if student is not None:
            times[student] = time if time.tzinfo is not None else time.replace(tzinfo=start.tzinfo)
    if faults:
        raise UsageError(faults)
    return times
