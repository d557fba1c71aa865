"""Texts await a person, and what is ticked becomes points."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from grader.author import Answer, Criterion, Task, Text
from grader.author.assignment import Assignment
from grader.comparators.value import Value
from grader.judge.dealing import deal
from grader.judge.expecting import Expectations
from grader.judge.marking import mark_student
from grader.model.tick import Tick, fingerprint_of_text
from grader.model.verdict import Mark
from grader.workflow.judging import status_of
from tests.unit.judge.played import assignment_of, played, returned

PROSE = "Мало данных: обучаем только последний слой."
RUBRIC = [Criterion("data", "d"), Criterion("freeze", "f", 2), Criterion("rate", "r", 3)]


def exam() -> Assignment:
    """A number for one point, and a text for six."""
    number, why = Answer("number", 1, Value()), Text("why", 6, criteria=RUBRIC)
    number.oracle(lambda: 162)
    return assignment_of(q1=Task(parts=[number, why]))


def tick(criterion: str, met: bool, of: Any = PROSE, part: str = "why") -> Tick:
    """A tick on the text `of`."""
    return Tick("q1", part, criterion, met, "", fingerprint_of_text(bytes(returned(of).value)))


def mark(answers: dict[str, Any], *ticks: Tick) -> Mark:
    """The mark of somebody who hands in `answers`."""
    assignment = exam()
    observed = played(assignment, answers)
    (one,) = mark_student(Expectations(assignment), deal(assignment, "somebody"), observed, ticks)
    return one


def findings(one: Mark) -> dict[str, tuple[str, Fraction]]:
    """Part → finding and points."""
    return {verdict.part: (verdict.finding, verdict.points) for verdict in one.verdicts}


ALL = [tick("data", True), tick("freeze", False), tick("rate", True)]


def test_a_text_awaits_a_person_and_other_parts_keep_their_points() -> None:
    """The task has no points until then, never zero, and the number is judged as ever."""
    one = mark({"q1_number": 162, "q1_why": PROSE})
    assert (one.points, one.reason, status_of((one,))) == (None, "awaiting", "awaiting_a_person")
    assert findings(one) == {"number": ("right", 1), "why": ("awaiting", 0)}


def test_no_text_is_missing() -> None:
    """Who wrote nothing has zero points for it, as for any other answer."""
    one = mark({"q1_number": 162})
    assert (one.points, findings(one)["why"]) == (Fraction(1), ("missing", 0))


@pytest.mark.parametrize("answer", [5, ["one", "two"], {"a": 1}, "  x"])
def test_whatever_was_written_is_read_by_a_person(answer: Any) -> None:
    """No machine says that something which was handed in is no text."""
    assert findings(mark({"q1_why": answer}))["why"] == ("awaiting", 0)


def test_ticked_criteria_earn_their_shares() -> None:
    """One of six points for the data, three for the rate, none of the two for what to freeze."""
    one = mark({"q1_number": 162, "q1_why": PROSE}, *ALL)
    assert (one.points, one.reason, status_of((one,))) == (Fraction(5), "", "marked")
    assert findings(one)["why"] == ("ticked", 4)
    assert [(tick.criterion, tick.met) for tick in one.verdicts[1].ticks] == [
        ("data", True),
        ("freeze", False),
        ("rate", True),
    ]


def test_a_text_that_meets_every_criterion_is_right() -> None:
    """All ticked, all points."""
    one = mark({"q1_why": PROSE}, *(tick(criterion.code, True) for criterion in RUBRIC))
    assert findings(one)["why"] == ("right", 6)


def test_a_text_that_is_read_in_part_awaits() -> None:
    """Two ticks of three decide nothing yet."""
    assert findings(mark({"q1_why": PROSE}, *ALL[:2]))["why"] == ("awaiting", 0)


def test_ticks_of_another_text_are_void_and_it_is_said() -> None:
    """A text that was handed in anew is read anew."""
    one = mark({"q1_why": PROSE + "!"}, *ALL)
    verdict = one.verdicts[1]
    assert (one.points, verdict.finding, verdict.codes, verdict.ticks) == (
        None,
        "awaiting",
        ("ticks_void",),
        (),
    )


def test_ticks_on_what_is_not_in_the_rubric_count_for_nothing() -> None:
    """A criterion that the author took away, or a tick on another part, changes no mark."""
    one = mark({"q1_why": PROSE}, *ALL, tick("gone", True), tick("data", False, part="number"))
    assert findings(one)["why"] == ("ticked", 4)


def test_our_fault_goes_before_a_person() -> None:
    """Where something of ours failed as well, the mark is withheld for that."""
    assignment = exam()
    observed = played(assignment, {"q1_why": PROSE})
    observed["q1/number/0"] = observed["q1/number/0"].__class__("faulted")
    (one,) = mark_student(Expectations(assignment), deal(assignment, "somebody"), observed)
    assert (one.reason, status_of((one,))) == ("fault", "withheld")
