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

    `extra_minutes` are granted beyond the hour that everyone has.
    """

    id: str
    name: str = ""
    language: str = ""
    extra_minutes: int = 0


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

    @property
    def points(self) -> Fraction | None:
        """Sum over the tasks; None while any mark is withheld."""
        known = [mark.points for mark in self.marks if mark.points is not None]
        if len(known) < len(self.marks):
            return None
        return sum(known, Fraction(0))

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
