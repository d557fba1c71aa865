"""Test the assignment itself: every mistake told from every other, every text in every language, and more.

Prints every fault with its place, its code and what to do, then what was measured; docs/faults.md explains the
codes. Exit code 1 where there are faults.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import click
from msgspec import to_builtins
from rich.console import Console

from grader.cli._progress import progress_bar
from grader.errors import AuthoringError
from grader.reports import terminal
from grader.workflow.adequacy import write_table
from grader.workflow.proofreading import Order, Proof, proofread


@click.command("proofread", help=__doc__)
@click.argument("assignment")
@click.option("--task", "tasks", multiple=True, help="Only this task; may be given several times.")
@click.option("--only", "checks", multiple=True, metavar="CHECK", help="Only this check, such as texts.")
@click.option("--quick", is_flag=True, help="Few variants and few inputs: seconds while you write.")
@click.option("--seed", default="0", help="Of the variants that are tried.", show_default=True)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=os.cpu_count() or 1,
    show_default="cores",
)
@click.option(
    "--table",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Bring the table of scores in this page up to date.",
)
@click.option("--json", "as_json", is_flag=True, help="Print faults and figures as JSON.")
def command(
    assignment: str,
    tasks: tuple[str, ...],
    checks: tuple[str, ...],
    quick: bool,
    seed: str,
    workers: int,
    table: Path | None,
    as_json: bool,
) -> int:
    """Proofread with progress on standard error; faults and figures on standard output."""
    proof = _with_progress(Order(assignment, tasks, checks, quick, seed, workers))
    if table is not None:
        write_table(table, proof.figures)
    if as_json:
        print(
            json.dumps(
                {"faults": [asdict(fault) for fault in proof.faults], "figures": to_builtins(proof.figures)}
            )
        )
    else:
        _show(proof)
    return 1 if proof.faults else 0


def _with_progress(order: Order) -> Proof:
    console = Console(stderr=True)
    with progress_bar(console, "proofreading", name_each=True) as bar:

        def watch(done: int, total: int, unit: str) -> None:
            bar(done, total, unit)
            if not console.is_terminal:
                print(f"proofread {done}/{total} {unit}", file=sys.stderr)

        return proofread(order, watch)


def _show(proof: Proof) -> None:
    if proof.faults:
        found = terminal.fault_list(AuthoringError(proof.faults))
        Console(highlight=False, markup=False, emoji=False).print(found, soft_wrap=True, end="")
    for figure in proof.figures:
        print(f"{figure.task}  {figure.name}  {figure.value:g}")
