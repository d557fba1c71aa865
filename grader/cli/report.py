"""Write the pages, the class page and the gradebook of a run anew, from its ledger."""

from __future__ import annotations

from pathlib import Path

import click

from grader.workflow.remarking import report


@click.command("report", help=__doc__)
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--assignment", default="", help="Its folder, if it has moved since.")
def command(run: Path, assignment: str) -> int:
    """Write pages."""
    count = report(run, assignment)
    print(f"{count} pages in {(run / 'feedback').as_posix()}")
    return 0
