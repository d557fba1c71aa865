"""What an author may write stands in `docs/authoring.md`, whose examples `tests/installed` runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import fields

from grader import plugins
from grader.author.assignment import Decisions
from grader.workflow.founding import kinds

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "authoring.md").read_text("utf-8")
FIRST_CELLS = re.findall(r"^\|([^|]*)\|", PAGE, re.MULTILINE)
CELLS = {name for cell in FIRST_CELLS for name in re.findall(r"`\[?(\w+)\]?`", cell)}


@pytest.mark.parametrize("name", plugins.names("grader.comparators"))
def test_every_comparator_has_a_row(name: str) -> None:
    """In the table of section 10."""
    assert name in CELLS


@pytest.mark.parametrize("name", [field.name for field in fields(Decisions)])
def test_every_decision_has_a_row(name: str) -> None:
    """In the table of section 13."""
    assert name in CELLS


@pytest.mark.parametrize("name", kinds())
def test_every_kind_of_new_task_is_named(name: str) -> None:
    """Where `grader new` is introduced."""
    assert f"`{name}`" in PAGE.partition("## 2.")[0]
