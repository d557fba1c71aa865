"""What an answer is found to be, with the evidence."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from msgspec import Struct

from grader.model.tick import Tick

DifferenceKind = Literal[
    "value", "shape", "type", "formula", "unreadable", "line", "choice", "dtype", "count", "law", "undecided"
]


class Difference(Struct, frozen=True):
    """The first place where observed and expected part.

    `place` is an index such as `[0, 2]`, a line number or empty for the whole; `expected` and `actual` are
    short texts; `detail` fills further placeholders of the catalogue sentence for `kind`
    (for a formula: `witness`, for an unreadable answer: `column` and `wanted`).
    """

    kind: DifferenceKind
    place: str = ""
    expected: str = ""
    actual: str = ""
    detail: dict[str, str] = {}


Finding = Literal[
    "right",
    "followed",
    "misconception",
    "unexplained",
    "missing",
    "failed",
    "undecided",
    "withheld",
    "awaiting",
    "ticked",
]
WAITING: frozenset[Finding] = frozenset({"undecided", "withheld", "awaiting"})
"""Findings that leave the points open."""


class Verdict(Struct, frozen=True):
    """The judgement of one part.

    finding      right: a reading with full credit explains every observation; followed: one does when it is
                 fed with the student's own earlier answers; misconception: `codes` name the reading;
                 failed: nothing came back (raised, timed out, …); undecided: a person must look;
                 awaiting: a text that a person has yet to read; ticked: one that does not meet every criterion
    conventions  the setting of the switches under which it was judged
    follows      earlier parts whose own answers were used ("q10.dz")
    aspects      names of the aspects that are wholly explained, where the part as a whole is not
    case         number of the simplest differing case, with its `difference`
    ticks        what a person has decided about a text, when every criterion is decided
    """

    task: str
    part: str
    finding: Finding
    points: Fraction
    possible: Fraction
    codes: tuple[str, ...] = ()
    conventions: dict[str, str] = {}
    follows: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    case: int | None = None
    difference: Difference | None = None
    repairs: tuple[str, ...] = ()
    ticks: tuple[Tick, ...] = ()


class Mark(Struct, frozen=True):
    """Points for one task, or withheld: `points` is then None and `reason` says why."""

    task: str
    points: Fraction | None
    possible: Fraction
    verdicts: tuple[Verdict, ...] = ()
    reason: str = ""
