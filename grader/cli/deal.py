"""Deal an exam: a ticket, a paper and answer sheets for everyone, and the key.

ROSTER is a CSV table with `student`, and `name`, `lang`, `extra_minutes` if wanted; neighbours in it get different
questions. The same seed deals the same tickets and the same numbers. TICKETS then is what `grader grade --tickets`
takes; keep key.html, key/ and tickets.toml to yourself.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from grader.reports.shown import visible
from grader.workflow.dealing import Order, deal_exam

FORMS = ("ipynb", "md", "toml")


class Moment(click.ParamType[datetime]):
    """A date and time with its offset."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read ISO 8601."""
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no time; write 2026-12-01T10:00+03:00", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value!r} has no offset; write 2026-12-01T10:00+03:00", param, ctx)
        return moment


@click.command("deal", help=__doc__)
@click.argument("assignment")
@click.argument("roster", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The folder TICKETS.")
@click.option(
    "--with", "optional", multiple=True, metavar="TASK", help="Put an optional task on every ticket."
)
@click.option("--seed", help="Deal by another seed than the assignment's.")
@click.option("--start", type=Moment(), help="When writing begins, such as 2026-12-01T10:00+03:00.")
@click.option(
    "--history",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Earlier tickets: nobody gets one of their questions again.",
)
@click.option(
    "--sheets",
    "forms",
    multiple=True,
    type=click.Choice(FORMS),
    help="Forms of the answer sheets; all if not given.",
)
@click.option("--pdf/--no-pdf", "print_pdf", default=True, show_default=True, help="Print by Chromium.")
def command(
    assignment: str,
    roster: Path,
    output: Path,
    optional: tuple[str, ...],
    seed: str | None,
    start: datetime | None,
    history: tuple[Path, ...],
    forms: tuple[str, ...],
    print_pdf: bool,
) -> int:
    """Deal."""
    order = Order(assignment, roster, output, optional, seed, start, history, forms or FORMS, print_pdf)
    dealt = deal_exam(order)
    for remark in dealt.remarks:
        print(visible(remark), file=sys.stderr)
    for ticket in dealt.tickets.ticket:
        print(f"{visible(ticket.student)}\t{' '.join(ticket.tasks)}")
    count = len(dealt.tickets.ticket)
    print(f"{count} tickets, {dealt.printed} printed, in {output.as_posix()}", file=sys.stderr)
    return 0
