"""The page for the instructor: withheld marks first, then how the class did, then every student."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.author.assignment import Assignment
from grader.judge.elsewhere import Match
from grader.reports.census import BINS, Census, Row, census_of, diagnosis_text, row
from grader.reports.html import environment
from grader.reports.shown import visible
from grader.reports.words import Words, words_of

__all__ = ["Row", "render", "row"]

WITHHELD = 200
"""Withheld marks that are listed; more are counted."""
WHOSE = 5
"""So many students at most are named for one wrong ticket."""
HEIGHT = 100


@dataclass(frozen=True)
class Bar:
    """One bar of the histogram, in units of the picture."""

    left: int
    top: float
    height: float
    count: int
    low: int
    high: int


@dataclass(frozen=True)
class Diagnosed:
    """How many students show one mistake in one part."""

    part: str
    code: str
    text: str
    count: int


@dataclass(frozen=True)
class Strayed:
    """Somebody who answered what was not asked, and whose tickets ask that."""

    student: Row
    answered: str
    asked: str
    whose: str


@dataclass(frozen=True)
class Withheld:
    """A mark that waits for somebody, and for what."""

    student: Row
    task: str
    reason: str


def render(assignment: Assignment, rows: Iterable[Row], language: str, matches: Sequence[Match] = ()) -> str:
    """Render the page of the class; `rows` are read once and kept, the records behind them are not.

    `matches` are answers that are right for somebody else's numbers.
    """
    words = words_of(language or assignment.decisions.language)
    kept = sorted(rows, key=lambda one: one.student)
    census = census_of(assignment, kept)
    withheld = [Withheld(one, task, _reason(words, one, task)) for one in kept for task in one.reasons]
    template = environment().get_template("class.html.j2")
    return template.render(
        words=words,
        say=words.say,
        title=assignment.title(words.language),
        titles={name: assignment.say(words.language, task.title) for name, task in assignment.asked.items()},
        possible={name: task.points for name, task in assignment.asked.items()},
        census=census,
        mean=mean_of_totals(words, census),
        bars=bars(census),
        diagnoses={name: diagnoses(assignment, census, words, name) for name in assignment.asked},
        withheld=withheld[:WITHHELD],
        withheld_more=max(0, len(withheld) - WITHHELD),
        rows=kept,
        strayed=[
            Strayed(one, *one.other_ticket, _whose(assignment, kept, one)) for one in kept if one.other_ticket
        ],
        matched=matched(matches),
        visible=visible,
        percent=percent,
    )


def _whose(assignment: Assignment, rows: Iterable[Row], one: Row) -> str:
    """Who was asked all that `one` answered without being asked; nobody where these are too many to tell anything."""
    answered = set(one.other_ticket[0].split(", ")) if one.other_ticket else set()
    whose = [other.student for other in rows if answered <= set(assignment.asked_of(other.student))]
    return ", ".join(whose) if len(whose) <= WHOSE else ""


def matched(matches: Sequence[Match]) -> list[tuple[str, str, tuple[str, ...]]]:
    """(student, whose numbers, parts), those with most parts first.

    A single answer that a known mistake explains as well is left out: so many small numbers meet by chance.
    """
    parts: dict[tuple[str, str], list[str]] = defaultdict(list)
    strange: set[tuple[str, str]] = set()
    for match in matches:
        for owner in match.owners:
            parts[match.student, owner].append(f"{match.task}.{match.part}")
            strange |= set() if match.explained else {(match.student, owner)}
    parts = {pair: named for pair, named in parts.items() if len(named) > 1 or pair in strange}
    ordered = sorted(parts.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(student, owner, tuple(named)) for (student, owner), named in ordered[:WITHHELD]]


def _reason(words: Words, one: Row, task: str) -> str:
    """Unlike the student, the instructor reads what exactly failed."""
    reason = one.reasons[task]
    if reason in ("undecided", "awaiting"):
        return words.say(f"class.reason.{reason}")
    return words.say("class.reason.fault", detail=visible(one.faults.get(task, reason)))


def mean_of_totals(words: Words, census: Census) -> str:
    """The mean in words: in points where the same could be earned by all, else in per cent; empty for none."""
    if census.mean is None or census.share is None:
        return ""
    if census.possible is None:
        return words.say("class.mean.share", share=words.number(census.share * 100, 0))
    mean, possible = words.number(census.mean), words.number(census.possible)
    return words.say("class.mean", mean=mean, possible=possible)


def percent(words: Words, points: Fraction | None, possible: Fraction) -> str:
    """Share of the maximum in per cent, whole; a dash where the total is not known."""
    return "—" if points is None or not possible else words.number(points / possible * 100, 0)


def bars(census: Census) -> list[Bar]:
    """The histogram of the totals; the tallest bar fills the picture."""
    tallest = max(census.bins) or 1
    width = 100 // BINS
    return [
        Bar(index, HEIGHT - share, share, count, index * width, (index + 1) * width)
        for index, (count, share) in enumerate((count, HEIGHT * count / tallest) for count in census.bins)
    ]


def diagnoses(assignment: Assignment, census: Census, words: Words, task: str) -> list[Diagnosed]:
    """Mistakes in one task, the most frequent first."""
    counted = sorted(census.tasks[task].codes.items(), key=lambda item: (-item[1], item[0]))
    return [
        Diagnosed(place, code, diagnosis_text(assignment, words, place, code), count)
        for (place, code), count in counted
    ]
