"""A colloquium of many students from tickets to gradebook: every mark and every diagnosis as it was made.

    .venv/bin/python -m tests.benchmarks.colloquium --students 500

Deals tickets, has students answer (`tests/simulating.py`) and hand in (`tests/handing_in.py`), grades them by the
command line, and compares. Prints what was found otherwise, if anything, and what it has cost beside plain
processes for each submission.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from grader.author.tickets import TICKETS, Ticket, Tickets, written
from grader.guest.confine import adopt_orphans
from grader.judge.ticketing import deal_questions
from grader.ledger import Ledger
from grader.workflow.opening import LEDGER, open_assignment
from tests.benchmarks.throughput import measured, plain, print_table
from tests.handing_in import FORMS, hand_in
from tests.simulating import Simulation, Somebody

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENT = ROOT / "assignments" / "colloquium"
SHOWN = 40


def deal_tickets(folder: Path, students: list[str], seed: str = "simulated") -> Path:
    """Two questions and both problems for everyone."""
    assignment = open_assignment(ASSIGNMENT)
    rules = assignment.decisions.ticket
    assert rules is not None, "the colloquium decides how tickets are dealt"
    pool = rules.dealt_from(assignment.tasks)
    questions = deal_questions(pool, rules.choose, students, seed, {})
    tickets = tuple(Ticket(one, (*held, *rules.optional)) for one, held in questions.items())
    file = folder / TICKETS
    file.write_text(written(Tickets(assignment.name, seed, ticket=tickets)), "utf-8")
    return file


def hold_exam(
    folder: Path, students: list[str], delivery: Path
) -> tuple[Path, Simulation, dict[str, Somebody]]:
    """Deal tickets into `folder`, and have everyone answer and hand in, in all forms and of all kinds."""
    tickets = deal_tickets(folder, students)
    simulation = Simulation(open_assignment(ASSIGNMENT, tickets))
    made = {student: simulation.student(student, number) for number, student in enumerate(students)}
    for number, somebody in enumerate(made.values()):
        hand_in(simulation.assignment, somebody, delivery, tuple(FORMS)[number // 3 % len(FORMS)])
    return tickets, simulation, made


def main() -> None:
    """Simulate, grade, compare, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--plain-runs", type=int, default=10)
    options = parser.parse_args()
    adopt_orphans()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        students = [f"student-{number:05d}" for number in range(options.students)]
        delivery, run = folder / "delivery", folder / "run"
        delivery.mkdir()
        started = time.perf_counter()
        tickets, simulation, made = hold_exam(folder, students, delivery)
        making = time.perf_counter() - started
        forms = Counter(file.suffix[1:] for file in delivery.iterdir())
        costs = plain(simulation.assignment, tickets, delivery, options.plain_runs, folder)
        grader = str(Path(sys.executable).parent / "grader")
        command = [grader, "grade", str(ASSIGNMENT), str(delivery), "-o", str(run), "--tickets", str(tickets)]
        cost = measured([*command, "--workers", str(options.workers)])
        with Ledger(run / LEDGER) as ledger:
            records = {entry.student: entry.record for entry in ledger.entries()}
        otherwise = [line for one in made.values() for line in one.misfound(records[one.student])]
        statuses = Counter(record.status for record in records.values())
        texts = {one.student for one in made.values() if any(f.points is None for f in one.found.values())}
        strange = [s for s, r in records.items() if (r.status == "awaiting_a_person") != (s in texts)]
        parts = sum(len(one.found) for one in made.values())
        mistaken = Counter(code for one in made.values() for f in one.found.values() for code in f.codes)
    print(f"{options.students} students, {parts} parts, tasks answered: {dict(simulation.made)}")
    print(f"forms: {dict(forms)}")
    print(f"{len(mistaken)} different mistakes, {sum(mistaken.values())} in all; made in {making:.0f} s")
    print(f"statuses: {dict(statuses)}; awaiting without a text, or a text without awaiting: {len(strange)}")
    print(f"found otherwise than made: {len(otherwise)}")
    print("\n".join(otherwise[:SHOWN]))
    print_table([*((label, row, 1) for label, row in costs.items()), ("grade", cost, options.students)])
    sys.exit(1 if otherwise or strange else 0)


if __name__ == "__main__":
    main()
