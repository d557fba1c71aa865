"""What the key tells an instructor of right answers and of mistakes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from grader.author.tickets import Ticket, Tickets
from grader.judge.expecting import Expectations
from grader.papers.key import ALIKE, PartKey, gather_key
from tests.specimens.answering import asking

STUDENTS = ["ivanov", "petrova", "smith", "jones"]


@cache
def key_of(student: str, *tasks: str) -> dict[str, PartKey]:
    """Name of a part → its key, for a ticket with these tasks."""
    ticket = Ticket(student, tasks)
    assignment = replace(asking(*tasks), tickets=Tickets("colloquium", ticket=(ticket,)))
    key = gather_key(Expectations(assignment), ticket, "en")
    return {part.name: part for task in key.tasks for part in task.parts}


def texts(part: PartKey) -> list[str]:
    """Everything that the mistakes of a part lead to."""
    return [answer.text for wrong in part.wrong for answer in wrong.answers]


@pytest.mark.parametrize("student", STUDENTS)
@pytest.mark.parametrize("part", ["t2_answer", "t2_steps"])
def test_a_rule_that_changes_nothing_is_no_mistake(student: str, part: str) -> None:
    """A wrong rule for sines is not listed where there is no sine, however its result is written."""
    key = key_of(student, "t2")[part]
    compare = asking("t2").tasks["t2"].parts[0].compare
    right = key.right[0].answer.text
    assert key.wrong
    assert [text for text in texts(key) if compare(right, text) is None] == []


def test_meanings_that_were_dealt_are_not_shown() -> None:
    """A formula stands as somebody would write it, without what its letters stand for."""
    key = key_of("ivanov", "q8")
    shown = [right.answer.text for part in key.values() for right in part.right]
    assert [text for text in [*shown, *texts(key["q8_dL_dw"])] if ";" in text] == []


def test_answers_that_one_mistake_may_give_stand_apart() -> None:
    """A lost transpose has several faces; each is a formula of its own, and a few are enough."""
    key = key_of("ivanov", "q10")["q10_formula_dW"]
    faces = [[answer.text for answer in wrong.answers] for wrong in key.wrong]
    assert ["x @ dz", "x.T @ dz.T"] in faces
    assert max(map(len, faces)) <= ALIKE


@pytest.mark.parametrize(
    ("task", "part"), [("t2", "t2_answer"), ("q10", "q10_formula_dW"), ("q17", "q17_general")]
)
def test_right_formulas_are_set_as_mathematics(task: str, part: str) -> None:
    """Scalar ones, matrices, and sums with bounds; numbers stay as they are."""
    assert all(right.set_as.strip("$") for right in key_of("ivanov", task)[part].right)
    assert [right.set_as for right in key_of("ivanov", "q10")["q10_z"].right] == [""]
