"""Write a new task that can be marked as it stands, or lay out a new course.

NAME is the task's, and with --course the assignment's. A task may ask several kinds of questions: repeat --kind.
What is not given is asked for in a terminal. Nothing that exists is replaced.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.workflow.founding import kinds, new_course, new_task


@click.command("new", help=__doc__)
@click.argument("name", required=False)
@click.option(
    "--kind", "wanted", multiple=True, help="What is asked: code, formula, value, choice, derivation, prose."
)
@click.option(
    "--assignment", default=".", help="Folder of the assignment that gets the task; the current one."
)
@click.option("--course", type=click.Path(path_type=Path), help="Lay out a course in this folder instead.")
@click.option("--lang", type=click.Choice(["ru", "en"]), default="en", help="Language of the course's pages.")
def command(
    name: str | None, wanted: tuple[str, ...], assignment: str, course: Path | None, lang: str
) -> int:
    """Write a new task."""
    if course is not None:
        told(new_course(course, name or "first", lang))
        print(f"next: cd {course.as_posix()}; README.md says what to type", file=sys.stderr)
        return 0
    name = name or asked("Name of the task", "")
    wanted = wanted or tuple(asked(f"What is asked ({', '.join(kinds())})", "code").replace(",", " ").split())
    unknown = [kind for kind in wanted if kind not in kinds()]
    if not name or unknown:
        problem = (
            f"no kind is called {unknown[0]!r}; there is {', '.join(kinds())}" if unknown else "which NAME?"
        )
        raise click.UsageError(problem)
    files, listed = new_task(assignment, name, wanted)
    told(files)
    first = "" if listed else f"add {name!r} to `tasks` in assignment.toml, "
    print(f"next: {first}edit what is asked, and `grader proofread` the assignment", file=sys.stderr)
    return 0


def asked(what: str, default: str) -> str:
    """What is typed in a terminal, and the default where there is none."""
    if not sys.stdin.isatty():
        return default
    return str(click.prompt(what, default=default or None, err=True))


def told(files: list[Path]) -> None:
    """Print the new files."""
    for file in files:
        print(file.as_posix())
