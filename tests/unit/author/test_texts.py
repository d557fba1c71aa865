"""What can be wrong with a text and its rubric."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from grader.author import Criterion, Text
from grader.author.loading import load_assignment
from grader.errors import AuthoringError
from grader.judge.trying import trial_faults
from tests.courses import course, line_of

TEXT = """
from grader.author import Criterion, Text

RUBRIC = [
    Criterion("data", "Names the data."),
    Criterion("freeze", "Says what to freeze.", 2),
    Criterion("rate", "Names the rate.", "1/2"),
]
why = Text("why", 7, asks="Why?", criteria=RUBRIC)
task = Task(parts=[why])
"""
FAULTS = {
    "oracle": (TEXT + "\n\n@why.oracle\ndef right():\n    return 1\n", "T150", 'Text("why"'),
    "two criteria": (TEXT.replace("criteria=RUBRIC", "criteria=RUBRIC[:2]"), "T151", 'Text("why"'),
    "twice": (TEXT.replace('"rate"', '"data"'), "T152", '"data"'),
    "no name": (TEXT.replace('"rate"', '"the rate"'), "T152", '"the rate"'),
    "says nothing": (TEXT.replace("Names the rate.", " "), "T153", '"rate"'),
    "weight": (TEXT.replace('"1/2"', "0"), "T154", '"rate"'),
    "weight is no number": (TEXT.replace('"1/2"', '"half"'), "T154", '"rate"'),
    "no rubric": (TEXT.replace("criteria=RUBRIC", 'criteria="data"'), "T123", 'Text("why"'),
    "no points": (TEXT.replace('"why", 7', '"why", 0'), "T108", 'Text("why"'),
    "somebody builds on it": (
        TEXT.replace("[why]", "[why, more]").replace("task =", 'more = Answer("more", 1, Close())\ntask =')
        + "\n\n@more.oracle\ndef right(why):\n    return why\n",
        "T116",
        "@more.oracle",
    ),
}


def test_points_are_shared_out_by_weight() -> None:
    """The weights 1, 2 and ½ share seven points as 2, 4 and 1."""
    rubric = [Criterion("data", "d"), Criterion("freeze", "f", 2), Criterion("rate", "r", "1/2")]
    assert Text("why", 7, criteria=rubric).shares() == {
        "data": Fraction(2),
        "freeze": Fraction(4),
        "rate": Fraction(1),
    }


def test_a_text_needs_no_oracle(tmp_path: Path) -> None:
    """A task that is nothing but a text loads, and its trial has nothing to say."""
    assert trial_faults(load_assignment(course(tmp_path / "exam", q1=TEXT))) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_rubric_is_told(name: str, tmp_path: Path) -> None:
    """Each fault has its code and the line that is to be mended."""
    text, code, at = FAULTS[name]
    folder = course(tmp_path / "exam", q1=text)
    with pytest.raises(AuthoringError) as caught:
        load_assignment(folder)
    file = folder / "q1.py"
    assert {(fault.code, fault.place) for fault in caught.value.faults} == {
        (code, f"{file}:{line_of(file, at)}")
    }
