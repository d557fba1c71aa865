"""The page for the instructor: withheld marks first, then how the class did, then every student."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from grader.author.assignment import Assignment
from grader.reports.census import BINS, Census, Row, census_of, diagnosis_text, row
from grader.reports.html import environment
from grader.reports.shown import visible
from grader.reports.words import Words, words_of

__all__ = ["Row", "render", "row"]

WITHHELD = 200
"""Withheld marks that are listed; more are counted."""
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
class Withheld:
    """A mark that waits for somebody, and for what."""

    student: Row
    task: str
    reason: str


def render(assignment: Assignment, rows: Iterable[Row], language: str) -> str:
    """Render the page of the class; `rows` are read once and kept, the records behind them are not."""
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
        visible=visible,
        percent=percent,
    )


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
