"""What counts as an answer, and where it is looked for."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from grader.guest import plain
from grader.model.job import Read
from grader.model.observation import Observation
from grader.model.submission import Source, Submission
from grader.workflow.reading import with_written_answers

CALL = Read("q10/dW/0", (("q10_dW",), ("q10", "dW")))
SHEET = Source("answers.md", "sheet", answers={"q10": {"dW": "[[1, 2]]"}})


def answer(value: Any, *sources: Source) -> Any:
    """What is taken for the answer where the box has read `value`; None where it is missing."""
    observed = {CALL.key: Observation("returned", msgspec.Raw(plain.dumps(value)))}
    found = with_written_answers(Submission("ivanov", "", sources), (CALL,), observed)[CALL.key]
    return plain.loads(bytes(found.value)) if found.outcome == "returned" else None


@pytest.mark.parametrize("blank", [None, "", " \n"])
def test_a_blank_of_a_template_is_no_answer(blank: str | None) -> None:
    """A variable that was left as it came is missing, and does not hide what stands on a sheet."""
    assert answer(blank) is None
    assert answer(blank, SHEET) == "[[1, 2]]"


@pytest.mark.parametrize("value", [0, [], "x", [None]])
def test_anything_else_is_one(value: Any) -> None:
    """What was typed counts before what stands on a sheet, even if it is strange."""
    assert answer(value, SHEET) == value
