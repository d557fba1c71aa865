"""Running a grading from the terminal: progress, summary, where the pages are."""

from __future__ import annotations

import gc
import json
import platform
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from grader import __version__
from grader.author.assignment import Assignment
from grader.box.selftest import level
from grader.cli._progress import progress_bar
from grader.ledger import Ledger
from grader.reports import terminal
from grader.reports.shown import visible
from grader.workflow.grading import Request, Tally, grade
from grader.workflow.opening import LEDGER
from grader.workflow.publishing import write_atomically
from grader.workflow.verifying import exposed, verified

WITHHELD = 3


def run_grading(request: Request, as_json: bool) -> int:
    """Grade with a progress bar on standard error and a summary on standard output; the exit code."""
    started = time.time()
    gc.freeze()  # what has been imported is no garbage, and need not be looked through again and again
    gc.set_threshold(10_000)  # nor is what is kept for the next students, which is most of what is made
    isolation = level()
    console = Console(stderr=True)
    with progress_bar(console, "marking") as watch:
        assignment, tally = grade(request, watch, isolation)
    if not console.is_terminal:
        console.print(f"marking {tally.students}/{tally.students}", highlight=False)
    write_run(request, assignment, tally, isolation, time.time() - started)
    show(request, assignment, tally, as_json)
    tell_unsafe(isolation)
    tell_unpublished(tally.unpublished)
    return WITHHELD if tally.withheld or tally.unpublished else 0


def tell_unsafe(isolation: str) -> None:
    """Say on standard error what submissions could reach while they ran, if anything."""
    if exposed(isolation):
        print(
            f"unsafe: at level {isolation} submissions could reach {exposed(isolation)}; every result says so",
            file=sys.stderr,
        )


def tell_unpublished(unpublished: Mapping[str, str]) -> None:
    """Name on standard error the students who have marks but no page, through our fault."""
    for student, why in unpublished.items():
        print(f"no page for {visible(student)}: {visible(why)}", file=sys.stderr)


def write_run(request: Request, assignment: Assignment, tally: Tally, isolation: str, seconds: float) -> None:
    """Write `run.json`: versions, seed, isolation as verified, timings."""
    facts = {
        "assignment": assignment.name,
        "fingerprint": assignment.fingerprint,
        "seed": assignment.decisions.seed,
        "grader": __version__,
        "python": platform.python_version(),
        "numpy": _version("numpy"),
        "sympy": _version("sympy"),
        "system": platform.platform(),
        "isolation": isolation,
        "verified": _verified(request.run),
        "workers": request.workers,
        "backend": request.backend,
        "wall_seconds": round(seconds, 3),
        **asdict(tally),
    }
    text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    write_atomically(request.run / "run.json", text)


def _verified(run: Path) -> dict[str, bool]:
    with Ledger(run / LEDGER) as ledger:
        found = verified(ledger)
    return found.verified if found else {}


def _version(package: str) -> str:
    from importlib.metadata import version  # noqa: PLC0415 - slow to import, wanted once

    return version(package)


def show(request: Request, assignment: Assignment, tally: Tally, as_json: bool) -> None:
    """Print the summary table and where the pages are, or all of it as JSON."""
    if as_json:
        print(json.dumps(asdict(tally), ensure_ascii=False))
        return
    with Ledger(request.run / LEDGER) as ledger:
        language = request.language or assignment.decisions.language
        terminal.summary(assignment, (entry.record for entry in ledger.entries()), language)
    if assignment.decisions.hour.start is not None and request.times is None:
        print("when work arrived is taken from its files; --times brings better knowledge", file=sys.stderr)
    if tally.strangers:
        print(f"not in the roster: {', '.join(map(visible, tally.strangers))}", file=sys.stderr)
    for label, path in (
        ("pages", request.run / "feedback"),
        ("class", request.run / "class.html"),
        ("gradebook", request.run / "gradebook.csv"),
    ):
        print(f"{label:<10} {_shown(path)}")


def _shown(path: Path) -> str:
    return path.as_posix()
