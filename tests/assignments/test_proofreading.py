"""Every task of the course passes its own proofreading, and its row stands in the table of scores."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import plugins
from grader.author.loading import load_assignment
from grader.model.proof import Figure
from grader.workflow.proofreading import PROOFREADERS, Order, read_one

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "assignments" / "colloquium"
TASKS = load_assignment(FOLDER).tasks
LONG = "adequacy"
"""Its mutants take longer than all others together."""
QUICK = [check for check in plugins.names(PROOFREADERS) if check != LONG]
THOUSAND = 3
"""As a power of ten."""


def told(task: str, check: str, *, quick: bool) -> list[str]:
    """The faults that one check finds in one task; a margin must be a thousand."""
    found = read_one(Order(str(FOLDER), quick=quick), task, check)
    figures = {one.name: one.value for one in found if isinstance(one, Figure)}
    assert figures.get("margin", THOUSAND) >= THOUSAND
    return [str(one) for one in found if not isinstance(one, Figure)]


@pytest.mark.parametrize("check", QUICK)
@pytest.mark.parametrize("task", TASKS)
def test_a_task_has_no_faults(task: str, check: str) -> None:
    """With few variants; all of them are tried by the slow tests."""
    assert told(task, check, quick=True) == []


@pytest.mark.slow
@pytest.mark.parametrize("check", [*QUICK, LONG])
@pytest.mark.parametrize("task", TASKS)
def test_a_task_has_no_faults_in_depth(task: str, check: str) -> None:
    """With many variants; no mutant survives but those that are marked with a reason."""
    assert told(task, check, quick=False) == []


def rows() -> dict[str, str]:
    """Task → its row in the table of scores."""
    text = (ROOT / "docs" / "adequacy.md").read_text("utf-8")
    lines = text.partition("<!-- scores -->")[2].partition("<!-- end of scores -->")[0].splitlines()
    return {line.split("`")[1]: line for line in lines if line.startswith("| `")}


def test_nothing_survives_in_the_table_of_scores() -> None:
    """Every row is about a task that there is, and says 100 %."""
    assert set(rows()) <= set(TASKS)
    assert {row.split("|")[-3].strip() for row in rows().values()} <= {"100 %"}


@pytest.mark.slow
def test_every_task_has_a_score() -> None:
    """The table is complete: `grader proofread colloquium --table docs/adequacy.md` writes it."""
    assert sorted(rows()) == sorted(TASKS)
