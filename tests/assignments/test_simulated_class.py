"""A small class takes the colloquium; `tests/benchmarks/colloquium.py` does it with hundreds."""

from __future__ import annotations

from pathlib import Path

from grader.ledger import Ledger
from grader.workflow.grading import Request, grade
from grader.workflow.opening import LEDGER, open_assignment
from tests.benchmarks.colloquium import ASSIGNMENT, deal_tickets
from tests.handing_in import FORMS, hand_in
from tests.simulating import Simulation


def test_everything_is_found_as_it_was_made(tmp_path: Path) -> None:
    """Right, right by other conventions, and one mistake in each task, handed in in each of the forms."""
    students = [f"student-{number}" for number in range(12)]
    tickets = deal_tickets(tmp_path, students)
    simulation = Simulation(open_assignment(ASSIGNMENT, tickets))
    delivery = tmp_path / "delivery"
    delivery.mkdir()
    made = [simulation.student(student, number) for number, student in enumerate(students)]
    for number, somebody in enumerate(made):
        hand_in(simulation.assignment, somebody, delivery, tuple(FORMS)[number // 3])
    assert all(simulation.made.values()), "students of every kind"
    request = Request(str(ASSIGNMENT), delivery, tmp_path / "run", tickets=tickets)
    grade(request, lambda done, total, student: None, "A")
    with Ledger(tmp_path / "run" / LEDGER) as ledger:
        records = {entry.student: entry.record for entry in ledger.entries()}
    assert [line for somebody in made for line in somebody.misfound(records[somebody.student])] == []
