"""Write a kit for students: what is to be filled in, and what `grader check` needs without the assignment.

The kit holds statements, public cases and what right and mistaken functions answer to them, as data. It holds no
oracle, no hidden case, and no answer that is to be written down: those are marked after they are handed in.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.workflow.kits import release


@click.command("release", help=__doc__)
@click.argument("assignment")
@click.option(
    "-o", "--output", "kit", type=click.Path(path_type=Path), required=True, help="The kit's folder."
)
@click.option("--student", default="", help="Whose numbers are dealt; wanted where any are.")
@click.option("--lang", type=click.Choice(["ru", "en"]), default=None, help="Language of the statements.")
@click.option("--form", type=click.Choice(["ipynb", "py"]), default="ipynb", help="A notebook or a script.")
def command(assignment: str, kit: Path, student: str, lang: str | None, form: str) -> int:
    """Write a kit."""
    files = release(assignment, kit, student, lang or "", form)
    for file in files:
        print(file.as_posix())
    print(f"next: grader check {kit.as_posix()} {files[0].as_posix()}", file=sys.stderr)
    return 0
