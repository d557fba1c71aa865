"""A small class takes the colloquium; `tests/benchmarks/colloquium.py` does it with hundreds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

from grader.ledger import Ledger
from grader.workflow.grading import Request, grade
from grader.workflow.opening import LEDGER
from tests.benchmarks.colloquium import ASSIGNMENT, hold_exam
from tests.benchmarks.throughput import plain


def test_everything_is_found_as_it_was_made(tmp_path: Path) -> None:
    """Right, right by other conventions, and one mistake in each task, handed in in each of the forms."""
    delivery = tmp_path / "delivery"
    delivery.mkdir()
    tickets, simulation, made = hold_exam(tmp_path, [f"student-{number}" for number in range(12)], delivery)
    assert all(simulation.made.values()), "students of every kind"
    request = Request(str(ASSIGNMENT), delivery, tmp_path / "run", tickets=tickets)
    grade(request, lambda done, total, student: None, "A")
    with Ledger(tmp_path / "run" / LEDGER) as ledger:
        records = {entry.student: entry.record for entry in ledger.entries()}
    assert [line for student, one in made.items() for line in one.misfound(records[student])] == []


def test_simulated_scripts_run_in_a_plain_process(tmp_path: Path) -> None:
    """What the benchmark measures beside `grade` does the same work without the box, and waits for nobody else's."""
    delivery = tmp_path / "delivery"
    delivery.mkdir()
    tickets, simulation, _ = hold_exam(tmp_path, ["student-0"], delivery)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as somebody:
        # ends the test where a process fails
        ran = plain(simulation.assignment, tickets, delivery, Random(1), 1, tmp_path)
        assert somebody.poll() is None
    assert all(one.cpu > 0 for (one,) in ran.values())
    assert "</html>" in (tmp_path / "page.html").read_text("utf-8")
