"""Whose fault is it?

    GraderError
    ├── AuthoringError   the assignment is faulty      instructor   all faults at once, exit 1
    ├── UsageError       the command or its input      whoever typed it             exit 2
    └── InternalError    ours                          operator: a mark is withheld  exit 3

A student's fault is none of these: it is data in the report.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: where, what, and what to do about it.

    `code` is stable and can be asked about: `grader explain T104`. `detail` has lines of its own: a change of the
    source, an input in source form.
    """

    place: str
    code: str
    problem: str
    remedy: str
    detail: str = ""

    def __str__(self) -> str:
        lines = (f"{self.place}: {self.code} {self.problem}", self.remedy, *self.detail.splitlines())
        return "\n    ".join(lines)


def _as_read(fault: Fault) -> tuple[str, int, Fault]:
    """Line 9 of a file stands before its line 10."""
    file, _, line = fault.place.rpartition(":")
    return (file, int(line), fault) if line.isdecimal() else (fault.place, 0, fault)


class GraderError(Exception):
    """What the command line shows without a traceback."""

    exit_code = 3


class FaultyInput(GraderError):  # noqa: N818 - it is the input that is faulty
    """Carries every fault that was found, so that all can be mended in one go."""

    def __init__(self, faults: list[Fault] | tuple[Fault, ...]) -> None:
        self.faults = tuple(sorted(faults, key=_as_read))
        super().__init__("\n".join(map(str, self.faults)))


class AuthoringError(FaultyInput):
    """An assignment cannot be used as it stands."""

    exit_code = 1


class UsageError(FaultyInput):
    """The command line, the delivery or the roster cannot be used as they stand."""

    exit_code = 2


class InternalError(GraderError):
    """Our own fault: the mark is withheld, never lowered."""
