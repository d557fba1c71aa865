"""What has to be in order before anything is graded: the backend, the run folder, and what the run is about."""

from __future__ import annotations

from pathlib import Path

from grader import plugins
from grader.author.assignment import Assignment
from grader.author.tickets import written
from grader.errors import Fault, UsageError
from grader.ledger import Ledger
from grader.workflow.opening import LEDGER
from grader.workflow.publishing import CLASS, PAGES


def recorded_tickets(run: Path) -> str:
    """The tickets by which a run has been marked so far, or nothing."""
    if not (run / LEDGER).is_file():
        return ""
    with Ledger(run / LEDGER) as ledger:
        return ledger.fact("tickets") or ""


def facts_of(assignment: Assignment, known: bool) -> dict[str, str]:
    """What the ledger has to know to go on without the command line; `known`: whether the class is known by name."""
    facts = {"assignment": str(assignment.folder), "name": assignment.name, "seed": assignment.decisions.seed}
    facts[CLASS] = "known" if known else ""
    return facts | ({} if assignment.tickets is None else {"tickets": written(assignment.tickets)})


def refuse_backend(name: str) -> None:
    """Raises `UsageError` where there is no such backend, or where it cannot work on this machine."""
    try:
        why = plugins.load("grader.backends", name).available()
    except LookupError as error:
        why = str(error)
    if why is not None:
        remedy = f"Give one of: {', '.join(plugins.names('grader.backends'))}."
        raise UsageError([Fault(f"--backend {name}", "U119", why, remedy)])


def prepared(run: Path, submissions: Path) -> Path:
    """The run folder, made if it is not there. Raises `UsageError` where it cannot be, or would destroy something."""
    remedy = "Give another folder with -o."
    whole, delivery = run.resolve(), submissions.resolve()
    if whole == delivery or delivery in whole.parents:
        problem = "the run folder lies in the delivery: its pages would be marked as submissions"
        raise UsageError([Fault(str(run), "U120", problem, remedy)])
    if (run / PAGES).exists() and not (run / LEDGER).exists():
        problem = f"holds a {PAGES}/ that is no run's: its pages would be removed"
        raise UsageError([Fault(str(run), "U121", problem, remedy)])
    try:
        run.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            [Fault(str(run), "U112", f"cannot be a run folder: {error.strerror}", remedy)]
        ) from error
    return run


def same_run(ledger: Ledger, assignment: Assignment) -> None:
    """Raises `UsageError` where the ledger belongs to another assignment or was dealt with another seed."""
    for key, value in (("name", assignment.name), ("seed", assignment.decisions.seed)):
        before = ledger.fact(key)
        if before is not None and before != value:
            problem = f"this run folder belongs to the {key} {before!r}, not {value!r}"
            raise UsageError([Fault(str(ledger.file), "U113", problem, "Give another folder with -o.")])
