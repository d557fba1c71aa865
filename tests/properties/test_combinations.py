"""Whichever combinations of conventions are followed to their end, marks and sentences are the same."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest

from grader.author.assignment import Assignment
from grader.author.parts import Text
from grader.author.readings import (
    Reading,
    Setting,
    convention_settings,
    full_reading,
    names_bearing,
    names_used,
    single_readings,
)
from grader.author.tasks import Task
from grader.judge import marking
from grader.judge.dealing import Hand, deal
from grader.judge.evidence import Evidence
from grader.judge.expecting import Expectations
from grader.judge.marking import mark_task
from grader.model.observation import Observation
from grader.model.verdict import Mark
from grader.proofreaders._galley import QUICK, galley_of
from grader.workflow.opening import open_assignment

COLLOQUIUM = Path(__file__).resolve().parents[2] / "assignments" / "colloquium"
STUDENTS = 40


@cache
def _colloquium() -> Assignment:
    return open_assignment(COLLOQUIUM)


def _settings(task: Task) -> list[Setting]:
    return convention_settings(task, frozenset().union(*map(names_used, task.parts)))


def _readings(task: Task, rng: random.Random) -> dict[str, Reading]:
    """Parts by conventions of their own, and with mistakes; by turns few of them and many."""
    usual, often = rng.choice(_settings(task)), rng.choice((0.15, 0.5))
    readings: dict[str, Reading] = {}
    for part in task.parts:
        if isinstance(part, Text):
            continue
        setting = rng.choice(_settings(task)) if rng.random() < often else usual
        own = tuple((name, value) for name, value in setting if name in names_bearing(task, part))
        wrong = single_readings(part, own) if rng.random() < often / 2 else []
        readings[part.name] = rng.choice(wrong) if wrong else full_reading(part, own)
    return readings


def _marked(task: Task, hand: Hand, seen: dict[str, Observation]) -> Mark:
    return mark_task(Evidence(Expectations(_colloquium()), hand, seen), task, {})


@pytest.mark.parametrize("name", ["q2", "q5", "q10", "q14", "q15"])
def test_no_combination_is_left_too_early(name: str) -> None:
    """Students who keep to no convention are marked as if each combination had been judged in all its parts."""
    assignment, rng = _colloquium(), random.Random(name)
    task = assignment.tasks[name]
    galley = galley_of(assignment, task, QUICK, "combinations")
    left = 0
    for number in range(STUDENTS):
        hand = deal(assignment, f"student-{number}")
        seen = galley.observed(hand, _readings(task, rng))
        with patch.object(marking, "_worth_judging", lambda diagnosis, parts, best: parts):
            thorough = _marked(task, hand, seen)
        with patch.object(marking, "_worth_judging", wraps=marking._worth_judging) as worth:
            assert _marked(task, hand, seen) == thorough
        left += sum(
            len(call.args[1]) > len(marking._worth_judging(*call.args)) for call in worth.call_args_list
        )
    assert left, "some combination is left early"
