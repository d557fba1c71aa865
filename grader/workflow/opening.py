"""Opening an assignment: loaded, and tried out before anything is marked by it."""

from __future__ import annotations

from pathlib import Path

from grader.author.assignment import Assignment
from grader.author.loading import DECISIONS, load_assignment
from grader.errors import AuthoringError, Fault
from grader.judge.trying import trial_faults
from grader.reports.words import languages


def open_assignment(name: str | Path) -> Assignment:
    """Load an assignment and try it out. Raises `UsageError` or, with all faults, `AuthoringError`."""
    assignment = load_assignment(name)
    faults = trial_faults(assignment)
    language = assignment.decisions.language
    if language not in languages():
        remedy = f"Use one of: {', '.join(languages())}."
        problem = f"pages are not written in {language!r}"
        faults.append(Fault(str(assignment.folder / DECISIONS), "A109", problem, remedy))
    if faults:
        raise AuthoringError(faults)
    return assignment
