"""Judge the recorded observations of a run again, and say whose mark moves and why.

No student code runs: use it after mending an oracle, a misconception or the points.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import click

from grader.cli._run import WITHHELD, tell_unpublished
from grader.model.verdict import Mark
from grader.reports.shown import visible
from grader.workflow.remarking import Move, remark


@click.command("remark", help=__doc__)
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--assignment", default="", help="Its folder, if it has moved since.")
def command(run: Path, assignment: str) -> int:
    """Judge again."""
    result = remark(run, assignment)
    for move in result.moves:
        print(_line(move))
    print(f"{len(result.moves)} marks of {result.students} students moved", file=sys.stderr)
    if result.stale:
        print(
            "not judged, because they have not been marked or their inputs have changed since (run grade again): "
            + ", ".join(map(visible, result.stale)),
            file=sys.stderr,
        )
    tell_unpublished(result.unpublished)
    return WITHHELD if result.stale or result.withheld or result.unpublished else 0


def _line(move: Move) -> str:
    return (
        f"{visible(move.student)}\t{move.task}\t{_points(move.before)} → {_points(move.after)}\t{_why(move)}"
    )


def _points(mark: Mark) -> str:
    return "withheld" if mark.points is None else str(Fraction(mark.points))


def _why(move: Move) -> str:
    """The parts whose verdicts differ: `dW: unexplained → misconception (transpose_lost)`."""
    before = {verdict.part: verdict for verdict in move.before.verdicts}
    reasons = []
    for verdict in move.after.verdicts:
        old = before.get(verdict.part)
        if old is None or (old.finding, old.codes, old.points) != (
            verdict.finding,
            verdict.codes,
            verdict.points,
        ):
            was = _found(old.finding, old.codes) if old else "not judged"
            reasons.append(f"{verdict.part}: {was} → {_found(verdict.finding, verdict.codes)}")
    return "; ".join(reasons) or move.after.reason


def _found(finding: str, codes: tuple[str, ...]) -> str:
    return f"{finding} ({', '.join(codes)})" if codes else finding
