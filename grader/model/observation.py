"""What happened when a case was posed."""

from __future__ import annotations

from typing import Literal

from msgspec import Raw, Struct

Outcome = Literal[
    "returned",
    "raised",
    "timed_out",
    "out_of_memory",
    "crashed",
    "missing",
    "unsupported",
    "faulted",
]


class Trouble(Struct, frozen=True):
    """Why there is no value: the exception, or what else went wrong.

    `trace` holds (file, line, text of the line) of the student's own files only, outermost first.
    """

    kind: str
    message: str = ""
    trace: tuple[tuple[str, int, str], ...] = ()


class Observation(Struct, frozen=True):
    """The outcome of one posed case.

    `value` is the plain encoding (`grader.guest.plain`) of what came back; it means something only when `returned`.
    `modified` numbers the positional arguments that the call changed in place.
    `repairs` name the repairs of the environment that this call relied on.
    """

    outcome: Outcome
    value: Raw = Raw(b"null")
    trouble: Trouble | None = None
    modified: tuple[int, ...] = ()
    repairs: tuple[str, ...] = ()


MISSING = Observation("missing")
