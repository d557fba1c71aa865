"""Write a kit for students: what is to be filled in, and what `grader check` needs without the assignment.

The kit holds statements, public cases and what right and mistaken functions answer to them, as data. It holds no
oracle, no hidden case, and no answer that is to be written down: those are marked after they are handed in.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from grader.model.gradebook import Student
from grader.workflow.kits import class_of, release


@click.command("release", help=__doc__)
@click.argument("assignment")
@click.option(
    "-o", "--output", "kit", type=click.Path(path_type=Path), required=True, help="The folder KITS."
)
@click.option("--student", "ids", multiple=True, help="Whose numbers are dealt; several get a folder each.")
@click.option(
    "--roster", type=click.Path(path_type=Path), help="CSV with student, name, lang: a kit for each."
)
@click.option("--lang", type=click.Choice(["ru", "en"]), default=None, help="Language of the statements.")
@click.option("--form", type=click.Choice(["ipynb", "py"]), default="ipynb", help="A notebook or a script.")
def command(
    assignment: str, kit: Path, ids: tuple[str, ...], roster: Path | None, lang: str | None, form: str
) -> int:
    """Write a kit, or one for each of several students."""
    students = [Student(one) for one in dict.fromkeys(ids)] + (class_of(roster) if roster else [])
    files = release(assignment, kit, students, lang or "", form, apart=roster is not None)
    for file in files:
        print(file.as_posix())
    first = files[0]
    print(
        "next:", shlex.join(["grader", "check", first.parent.as_posix(), first.as_posix()]), file=sys.stderr
    )
    return 0
