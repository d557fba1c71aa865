"""A text on the page: what was written, harmless, and the rubric."""

from __future__ import annotations

from typing import Any

import pytest

from grader.author import Criterion, Task, Text
from grader.judge.dealing import deal
from grader.judge.expecting import Expectations
from grader.judge.marking import mark_student
from grader.model.gradebook import Record, Student
from grader.model.tick import Tick, fingerprint_of_text
from grader.reports import html, terminal
from grader.reports.page import Page, gather
from grader.reports.texts import LONGEST_PROSE
from grader.workflow.judging import status_of
from tests.unit.judge.played import assignment_of, played, returned

RUBRIC = [Criterion("data", "Names the *data*."), Criterion("freeze", "f"), Criterion("rate", "r")]
PROSE = "Few <script>alert(1)</script>\n\tdata {{ 7 * 7 }}\u202e & so on"


def page(prose: Any, decided: str = "", language: str = "en") -> Page:
    """The page of somebody who wrote `prose`, with a tick or a cross for each criterion in `decided`."""
    exam = assignment_of(q1=Task(parts=[Text("why", 3, asks="Why?", criteria=RUBRIC)]))
    observed = played(exam, {"q1_why": prose})
    answer = fingerprint_of_text(bytes(returned(prose).value))
    ticks = tuple(
        Tick("q1", "why", criterion.code, met == "+", "<i>well</i>", answer)
        for criterion, met in zip(RUBRIC, decided, strict=False)
    )
    marks = mark_student(Expectations(exam), deal(exam, "anna"), observed, ticks)
    record = Record(Student("anna"), status_of(marks), marks, (), observed)
    return gather(exam, Expectations(exam), record, language)


def test_what_was_written_is_shown_and_does_nothing() -> None:
    """Tags and signs that turn the text around are shown as they are; lines stay lines."""
    text = html.render(page(PROSE))
    assert (
        "Few &lt;script&gt;alert(1)&lt;/script&gt;\n    data {{ 7 * 7 }}\\u202e &amp; so on\n</blockquote>"
        in text
    )


def test_until_it_is_read_the_points_are_open() -> None:
    """Neither a zero nor a tick stands anywhere."""
    shown = page(PROSE)
    (part,) = shown.tasks[0].parts
    assert (shown.points, shown.notices, shown.tasks[0].state) == (None, ("page.awaiting",), "awaiting")
    assert part.text is not None
    assert [one.met for one in part.text.rubric] == [None] * 3
    assert "— / 3" in html.render(shown)


def test_what_was_ticked_is_shown_with_its_points() -> None:
    """Each criterion with yes or no, its points, and the comment, harmless too."""
    shown = page(PROSE, "+-+")
    (part,) = shown.tasks[0].parts
    assert part.text is not None
    assert [one.met for one in part.text.rubric] == [True, False, True]
    assert (part.points, part.finding) == (2, "ticked")
    text = html.render(shown)
    assert "Names the <em>data</em>." in text
    assert "&lt;i&gt;well&lt;/i&gt;" in text
    assert [text.count(mark) for mark in ("1 / 1", "0 / 1")] == [2, 1]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_terminal_says_the_same(language: str) -> None:
    """A tick, a cross, and what was written."""
    text = terminal.render(page(PROSE, "+-+", language))
    assert [f"[{sign}]" in text for sign in "✓✗"] == [True, True]
    assert "<script>" in text


def test_a_long_text_is_cut_and_it_is_said() -> None:
    """No page grows without end."""
    (part,) = page("x" * (LONGEST_PROSE + 7)).tasks[0].parts
    assert part.text is not None
    assert (len(part.text.lines[0]), part.text.left_out) == (LONGEST_PROSE, 7)
    assert "7 more characters" in html.render(page("x" * (LONGEST_PROSE + 7)))
