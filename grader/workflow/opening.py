"""Opening an assignment: loaded, and tried out before anything is marked by it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from msgspec import structs

from grader.author.assignment import Assignment
from grader.author.loading import DECISIONS, load_assignment
from grader.author.tickets import Tickets, read_tickets, tickets_in
from grader.errors import AuthoringError, Fault, UsageError
from grader.judge.trying import trial_faults
from grader.reports.words import languages

LEDGER = "ledger.sqlite"


def open_assignment(name: str | Path, tickets: Path | None = None, recorded: str = "") -> Assignment:
    """Load an assignment and try it out, with the tickets at a path or those `recorded` in a ledger, if any.

    Raises `UsageError` or, with all faults, `AuthoringError`.
    """
    assignment = load_assignment(name)
    if tickets is not None:
        assignment = _with_tickets(assignment, *read_tickets(tickets, assignment.name, assignment.tasks))
    elif recorded:
        known = tickets_in(recorded, LEDGER, assignment.name, assignment.tasks)
        assignment = _with_tickets(assignment, *known)
    faults = trial_faults(assignment)
    language = assignment.decisions.language
    if language not in languages():
        remedy = f"Use one of: {', '.join(languages())}."
        problem = f"pages are not written in {language!r}"
        faults.append(Fault(str(assignment.folder / DECISIONS), "A109", problem, remedy))
    if faults:
        raise AuthoringError(faults)
    return assignment


def _with_tickets(assignment: Assignment, tickets: Tickets, faults: list[Fault]) -> Assignment:
    """The assignment as it is asked and dealt by these tickets."""
    if faults:
        raise UsageError(faults)
    decisions = assignment.decisions
    if tickets.seed is not None:
        decisions = structs.replace(decisions, seed=tickets.seed)
    if tickets.start is not None:
        decisions = structs.replace(decisions, hour=structs.replace(decisions.hour, start=tickets.start))
    return replace(assignment, decisions=decisions, tickets=tickets)
