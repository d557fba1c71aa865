"""Mark what was written in prose: tick the criteria of each text, yes or no.

TICKS is a CSV table with the columns student, task, part, criterion, met
(yes or no) and, if wanted, comment; or TOML with a table [[tick]] for each
decision. --sheet writes such a table with everything that awaits a person.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.cli._run import WITHHELD, tell_unpublished
from grader.reports.shown import visible
from grader.workflow.publishing import write_atomically
from grader.workflow.ticking import Ticked, sheet, tick


@click.command("tick", help=__doc__)
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("ticks", type=click.Path(path_type=Path), required=False)
@click.option("--sheet", "sheet_file", type=click.Path(path_type=Path), help="Write the table to fill in.")
@click.option("--assignment", default="", help="Its folder, if it has moved since.")
def command(run: Path, ticks: Path | None, sheet_file: Path | None, assignment: str) -> int:
    """Tick criteria."""
    result = tick(run, ticks, assignment)
    if sheet_file is not None:
        write_atomically(sheet_file, sheet(run, assignment))
        print(f"{len(result.awaiting)} texts to read in {sheet_file.as_posix()}")
    _tell(result, ticks is not None)
    tell_unpublished(result.unpublished)
    return WITHHELD if result.unpublished else 0


def _tell(result: Ticked, ticked: bool) -> None:
    if ticked:
        print(
            f"{result.decided} criteria decided, {result.changed} of them anew; {result.marked} texts marked"
        )
    print(f"{len(result.awaiting)} texts await a person", file=sys.stderr)
    for student, task, part in result.awaiting if not ticked else ():
        print(f"{visible(student)}\t{task}.{part}")
