"""Students × tasks → marks."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from msgspec import Struct

from grader.model.observation import Observation
from grader.model.submission import Remark
from grader.model.verdict import Mark

Status = Literal["marked", "withheld", "awaiting_a_person", "not_submitted"]


class Student(Struct, frozen=True):
    """Who is marked: the id as the delivery or the roster has it, the name, the language of the page.

    `extra_minutes` are granted beyond the hour that everyone has; `handed_in` is when the work arrived, in ISO 8601
    with its offset, where that matters.
    """

    id: str
    name: str = ""
    language: str = ""
    extra_minutes: int = 0
    handed_in: str = ""


class Lateness(Struct, frozen=True):
    """How many minutes after the end the work arrived, what is taken off the total, and whether it counts at all."""

    minutes: int
    deduction: Fraction
    refused: bool = False


class Record(Struct, frozen=True):
    """What the ledger keeps of one student.

    `remarks` are about reading, loading and repairing the submission; `observations` are by call key.
    """

    student: Student
    status: Status
    marks: tuple[Mark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    observations: dict[str, Observation] = {}
    fingerprint: str = ""
    isolation: str = ""
    late: Lateness | None = None

    @property
    def points(self) -> Fraction | None:
        """Sum over the tasks, less what being late costs; None while any mark is withheld."""
        known = [mark.points for mark in self.marks if mark.points is not None]
        if len(known) < len(self.marks):
            return None
        total = sum(known, Fraction(0))
        if self.late is None:
            return total
        return Fraction(0) if self.late.refused else max(total - self.late.deduction, Fraction(0))

    @property
    def possible(self) -> Fraction:
        """What could be earned."""
        return sum((mark.possible for mark in self.marks), Fraction(0))

    def codes(self) -> list[str]:
        """Diagnoses as `task.part:code`, in the order of the tasks."""
        return [
            f"{verdict.task}.{verdict.part}:{code}"
            for mark in self.marks
            for verdict in mark.verdicts
            for code in verdict.codes
        ]
