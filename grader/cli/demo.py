"""Mark the bundled submissions of the colloquium and say where the pages are.

Opens nothing. The pages go to demo-run/ in the current folder unless -o says otherwise.
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from grader.cli._run import run_grading
from grader.errors import Fault, UsageError
from grader.workflow.grading import Request

ROOT = Path(__file__).resolve().parents[2]
SPECIMENS = ROOT / "tests" / "specimens" / "colloquium"


@click.command("demo", help=__doc__)
@click.option("-o", "--output", "run", type=click.Path(path_type=Path), default=Path("demo-run"))
@click.option("--workers", type=click.IntRange(1, 256), default=os.cpu_count() or 1, show_default="cores")
def command(run: Path, workers: int) -> int:
    """Mark the bundled submissions."""
    delivery = SPECIMENS / "delivery"
    if not delivery.is_dir():
        remedy = "Run it from a checkout of the sources; an installed wheel brings no submissions."
        raise UsageError([Fault(str(delivery), "U115", "the bundled submissions are not here", remedy)])
    request = Request(
        str(ROOT / "assignments" / "colloquium"),
        delivery,
        run,
        SPECIMENS / "roster.csv",
        workers=workers,
        tickets=SPECIMENS / "tickets.toml",
    )
    return run_grading(request, as_json=False)
