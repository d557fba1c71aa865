"""Check one file: the public cases are posed, and the same sentences come back as on the page.

ASSIGNMENT may be a kit that `grader release` has written. FILE is a script, a notebook, an answer sheet, or a folder
with several. Nothing is written.
"""

from __future__ import annotations

from pathlib import Path

import click

from grader.reports import terminal
from grader.reports.page import gather
from grader.workflow.checking import check, unchecked


@click.command("check", help=__doc__)
@click.argument("assignment")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--student", default="", help="Whose numbers were dealt; the file's name if not given.")
@click.option("--lang", type=click.Choice(["ru", "en"]), help="Language of the sentences.")
@click.option(
    "--tickets", type=click.Path(path_type=Path), help="What `grader deal` wrote: whose tasks are asked."
)
@click.option("--all", "every_case", is_flag=True, help="Pose hidden cases too.")
def command(
    assignment: str, file: Path, student: str, lang: str | None, tickets: Path | None, every_case: bool
) -> int:
    """Check one file."""
    course, expectations, record = check(assignment, file, student, lang or "", every_case, tickets)
    page = gather(expectations.assignment, expectations, record, record.student.language)
    terminal.check(page)
    terminal.tell_unchecked(page.words, unchecked(course, expectations, record))
    return 3 if record.status == "withheld" else 0
