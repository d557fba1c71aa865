"""Lateness: how long after its end an hour's work arrived, and what that costs; exact, and counted once."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from grader.author.exam import Hour
from grader.model.gradebook import Lateness, Student

MINUTE = timedelta(minutes=1)


def lateness(hour: Hour, student: Student) -> Lateness | None:
    """How late `student` was; None in time, or where nobody knows."""
    if hour.start is None or not student.handed_in:
        return None
    due = hour.start + (hour.minutes + student.extra_minutes + hour.grace_minutes) * MINUTE
    over = datetime.fromisoformat(student.handed_in) - due
    if over <= timedelta(0):
        return None
    minutes = -(-over // MINUTE)  # a minute that has begun counts
    refused = hour.cut_off_minutes is not None and minutes > hour.cut_off_minutes
    return Lateness(minutes, Fraction(str(hour.mark_per_late_minute)) * minutes, refused)
