"""What an attack is: a submission, and how one sees that it came to nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.model.job import Limits
from grader.model.observation import Observation

QUICK = Limits(cpu_seconds=1, load_seconds=2, wall_factor=3)
"""Waits for nothing longer than it must."""

WAITING = frozenset({50, 57, 58, 59, 60, 61, 62, 63, 76, 77, 79, 212, 223, 227, 229})
"""Rows that end by a limit only: the same limits hold in every set-up, and each costs seconds."""


@dataclass(frozen=True)
class Seen:
    """What came of an attack.

    outcome, value  of the call of `attack` (the decoded value where it returned, else None)
    observation     the same as observed
    everything      every text that left the box: values, messages, traces, remarks, in one string
    secret          what the attack was after; it must stand nowhere in `everything`
    """

    outcome: str
    value: Any
    observation: Observation
    everything: str
    secret: str


@dataclass(frozen=True)
class Attack:
    """One row of the corpus.

    row        number in the corpus of the threat model; from 201 on our own
    name       short, unique, a file name's letters
    source     the submission; it defines `attack(*arguments)`
    safe       whether what was seen is the safe outcome (the harness itself checks the secret, the next honest
               submission, leftovers and processes)
    arguments  of the call; the words "SECRET_FILE", "HOST_FILE", "CLASSMATE_FILE", "REFERENCE_FOLDER",
               "COURSE_FOLDER", "RUN_FOLDER", "PARENT_PID", "PORT" are replaced by real ones
    levels     on which the outcome is promised
    limits     tighter ones where waiting would be long
    """

    row: int
    name: str
    source: str
    safe: Callable[[Seen], bool]
    arguments: tuple[Any, ...] = ()
    levels: str = "AB"
    limits: Limits = QUICK


def refused(seen: Seen) -> bool:
    """The attack itself says that it was refused: it returns the name of the error, or raises it."""
    kinds = {"PermissionError", "OSError", "FileNotFoundError", "BlockingIOError", "ProcessLookupError"}
    if seen.outcome == "raised" and seen.observation.trouble is not None:
        return seen.observation.trouble.kind in kinds
    return seen.outcome == "returned" and seen.value in kinds


def stopped(seen: Seen) -> bool:
    """The attack was stopped by a limit, or failed on its own."""
    return seen.outcome in ("timed_out", "out_of_memory", "crashed", "raised")


def no_answer(seen: Seen) -> bool:
    """Nothing that could be marked came back."""
    return seen.outcome != "returned"
