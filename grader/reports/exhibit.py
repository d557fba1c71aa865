"""What a page shows of one case."""

from __future__ import annotations

from msgspec import Struct

from grader.reports.shown import Shown


class Frame(Struct, frozen=True):
    """One place in the student's own file."""

    place: str
    text: str


class Exhibit(Struct, frozen=True, eq=False):
    """One case as it is shown; whatever may not be shown, or is not there, is empty or None.

    Those who gave the same answers are shown the same exhibit.

    number      of the case, counted from 1; 0 for a written answer
    came_back   the value; None where there was none (then `trouble` says why) or where it is not shown
    expected    under the conventions that were used; None where answer and expectation agree
    right       whether the case is one that was answered rightly
    read_as     a formula that came back and is not the right one as it was understood, as Markdown
    set_as      the right one, likewise, where it may be shown
    """

    number: int
    aspect: str
    public: bool
    right: bool
    arguments: tuple[tuple[str, Shown], ...] = ()
    came_back: Shown | None = None
    expected: Shown | None = None
    textbook: bool = False
    difference: str = ""
    trouble: str = ""
    trace: tuple[Frame, ...] = ()
    modified: tuple[str, ...] = ()
    read_as: str = ""
    set_as: str = ""
