"""Marks the bundled delivery once for all tests that look at the result."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.box.selftest import level
from grader.ledger import Ledger
from grader.model.gradebook import Record
from grader.workflow.grading import Request, grade
from grader.workflow.opening import LEDGER

ROOT = Path(__file__).resolve().parents[2]
COLLOQUIUM = ROOT / "assignments" / "colloquium"
SPECIMENS = Path(__file__).parent / "colloquium"


def grade_delivery(run: Path, delivery: Path = SPECIMENS / "delivery", workers: int = 2) -> dict[str, Record]:
    """Grade the specimens into `run`; records by student."""
    request = Request(str(COLLOQUIUM), delivery, run, SPECIMENS / "roster.csv", "", workers)
    request = replace(request, tickets=SPECIMENS / "tickets.toml")
    grade(request, lambda done, total, student: None, level())
    with Ledger(run / LEDGER) as ledger:
        return {entry.student: entry.record for entry in ledger.entries()}


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder of the bundled delivery."""
    return tmp_path_factory.mktemp("run")


@pytest.fixture(scope="session")
def records(run_folder: Path) -> dict[str, Record]:
    """Records of the bundled delivery by student."""
    return grade_delivery(run_folder)
