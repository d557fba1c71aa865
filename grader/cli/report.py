"""Write the pages, the class page and the gradebook of a run anew, from its ledger."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.cli._run import WITHHELD, tell_unpublished
from grader.reports.shown import visible
from grader.workflow.remarking import report


@click.command("report", help=__doc__)
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--assignment", default="", help="Its folder, if it has moved since.")
def command(run: Path, assignment: str) -> int:
    """Write pages."""
    result = report(run, assignment)
    print(f"{result.students - len(result.unpublished)} pages in {(run / 'feedback').as_posix()}")
    if result.stale:
        print(f"not marked yet (run grade again): {', '.join(map(visible, result.stale))}", file=sys.stderr)
    tell_unpublished(result.unpublished)
    return WITHHELD if result.stale or result.withheld or result.unpublished else 0
