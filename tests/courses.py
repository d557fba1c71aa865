"""Small assignments for tests, written into a folder."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

HEAD = '''\
"""A title

A statement.
"""
from grader.author import Answer, Code, Slip, Task, case
from grader.comparators.close import Close

'''
CODE = """\
double = Code("double", 2, Close())
task = Task(parts=[double])


@double.cases
def cases(rng):
    yield case(1.0, public=True)
    yield case(2.5)


@double.oracle
def right(x):
    return 2 * x
"""
DECISIONS = 'title = { en = "Trial" }\nlanguage = "en"\nseed = "1"\n'


def course(folder: Path, *, toml: str = DECISIONS, **tasks: str) -> Path:
    """Write an assignment with a task for each keyword; a text that opens with a docstring stands as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "assignment.toml").write_text(toml, "utf-8")
    for name, text in tasks.items():
        text = dedent(text)
        (folder / f"{name}.py").write_text(text if text.startswith(('"""', "!")) else HEAD + text, "utf-8")
    return folder


def line_of(file: Path, text: str) -> int:
    """Number of the first line that holds `text`."""
    return next(n for n, line in enumerate(file.read_text("utf-8").splitlines(), 1) if text in line)
