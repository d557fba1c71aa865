"""Mark a delivery: a folder of submissions becomes pages and a gradebook.

The same command continues after an interruption, loses nothing and marks nothing twice.
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from grader.cli._run import run_grading
from grader.workflow.grading import Request


@click.command("grade", help=__doc__)
@click.argument("assignment")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("-o", "--output", "run", type=click.Path(path_type=Path), required=True, help="The run folder.")
@click.option("--roster", type=click.Path(path_type=Path), help="CSV with student, name, lang.")
@click.option(
    "--tickets", type=click.Path(path_type=Path), help="What `grader deal` wrote: whose tasks are asked."
)
@click.option(
    "--times",
    type=click.Path(path_type=Path),
    help="CSV with student, time; else the files' own times count.",
)
@click.option("--lang", type=click.Choice(["ru", "en"]), help="Language of the pages.")
@click.option("--workers", type=click.IntRange(1, 256), default=os.cpu_count() or 1, show_default="cores")
@click.option("--backend", default="local", show_default=True, help="Where submissions run.")
@click.option("--allow-unsafe", is_flag=True, help="Go on below level B, and mark each result so.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def command(
    assignment: str,
    submissions: Path,
    run: Path,
    roster: Path | None,
    tickets: Path | None,
    times: Path | None,
    lang: str | None,
    workers: int,
    backend: str,
    allow_unsafe: bool,
    as_json: bool,
) -> int:
    """Mark a delivery."""
    request = Request(
        assignment, submissions, run, roster, lang or "", workers, backend, allow_unsafe, tickets, times
    )
    return run_grading(request, as_json)
