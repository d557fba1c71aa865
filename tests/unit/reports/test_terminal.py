"""What the terminal shows."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from grader.author.assignment import Assignment
from grader.errors import AuthoringError, Fault
from grader.judge.expecting import Expectations
from grader.model.gradebook import Record
from grader.reports import terminal
from grader.reports.census import census_of, row
from grader.reports.page import gather
from grader.reports.shown import shown
from grader.reports.words import words_of


def text_of(assignment: Assignment, marked: Record, language: str = "en") -> str:
    """What `grader check` would print of one student."""
    return terminal.render(gather(assignment, Expectations(assignment), marked, language))


def test_check_says_the_sentences_of_the_page(assignment: Assignment, people: dict[str, Record]) -> None:
    """Points, diagnosis, convention and the first difference."""
    text = text_of(assignment, people["misconception"])
    for sentence in (
        "filter  Filtering a picture  2 / 3.5  partly right",
        "You divide by the size of the kernel",
        "Read as: the kernel is not flipped.",
        "First difference at [0, 0]: you have 2, expected 8.",
        "kernel =\n        [ 1  0 ]\n        [ 0  2 ]",
        "[  >2<  2.75 ]",
    ):
        assert sentence in text


def test_students_text_has_no_effect(assignment: Assignment, people: dict[str, Record]) -> None:
    """Neither escape sequences nor rich's markup."""
    text = text_of(assignment, people["hostile"])
    assert "\x1b" not in text
    assert "\\x1b[31m<b>red</b>" in text
    assert "[bold]x[/bold]" in text


def test_printed_without_a_terminal_it_is_plain(
    assignment: Assignment, people: dict[str, Record], capsys: pytest.CaptureFixture[str]
) -> None:
    """No colour, no box, no line broken: what is printed is what `render` gives."""
    page = gather(assignment, Expectations(assignment), people["unexplained"], "ru")
    terminal.check(page)
    assert capsys.readouterr().out == terminal.render(page) + "\n"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_word_of_the_summary_is_broken(
    assignment: Assignment, people: dict[str, Record], language: str
) -> None:
    """Eight columns in a window of eighty: headings wrap between their words."""
    words = words_of(language)
    census = census_of(assignment, map(row, people.values()))
    table = terminal.tasks_table(assignment, census, words, boxed=True)
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(table)
    shown_words = console.export_text().split()
    for column in ("task", "mean", *terminal.COLUMNS):
        assert set(words.say(f"label.{column}").split()) <= set(shown_words)


def test_summary_counts_findings_and_names_diagnoses(
    assignment: Assignment, people: dict[str, Record], capsys: pytest.CaptureFixture[str]
) -> None:
    """A line for each task, and the sentences of the most frequent mistakes."""
    terminal.summary(assignment, iter(people.values()), "en")
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["Task", "Mean", "Right", "Mistake", "Unexplained", "Missing", "Awaiting", "Withheld"] in lines
    assert ["filter", "1.6", "/", "3.5", "3", "1", "7", "1", "0", "1"] in lines
    assert ["1", "filter.filtered:averages", "You", "divide"] in [line[:4] for line in lines]


def test_summary_of_nobody(assignment: Assignment, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty class has no mean, and that is no fault."""
    terminal.summary(assignment, iter(()), "en")
    assert "— / 5.5" in capsys.readouterr().out


def test_faults_are_listed_with_place_and_remedy() -> None:
    """All at once, and how many there are; file names cannot steer the terminal."""
    error = AuthoringError(
        [Fault("b.py:2", "T104", "is empty", "Fill it."), Fault("a\x1b.py:1", "T101", "no", "Yes.")]
    )
    assert terminal.fault_list(error).plain == (
        "a\\x1b.py:1: T101 no\n    Yes.\nb.py:2: T104 is empty\n    Fill it.\n2 faults\n"
    )


def test_box_is_drawn_on_terminals_only(assignment: Assignment) -> None:
    """Where nobody sees lines, none are drawn."""
    census = terminal.census_of(assignment, [])
    words = terminal.words_of("en")
    drawn = {}
    for boxed in (True, False):
        console = Console(width=100, highlight=False)
        with console.capture() as capture:
            console.print(terminal.tasks_table(assignment, census, words, boxed=boxed))
        drawn[boxed] = "─" in capture.get()
    assert drawn == {True: True, False: False}


def test_matrix_lines_are_aligned() -> None:
    """Columns stand under each other, their numbers above where some are left out."""
    small = shown([[1, 200], [30, 4]])
    assert list(terminal.grid_lines(small)) == ["[  1  200 ]", "[ 30    4 ]"]  # type: ignore[arg-type]
    large = shown([list(range(10))])
    assert list(terminal.grid_lines(large)) == [  # type: ignore[arg-type]
        "     0  1  2  3  4  5  6  7  …",
        "[ 0  0  1  2  3  4  5  6  7  … ]",
    ]
