"""Faults planted in small assignments: what is written, and what proofreading must say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

from grader.errors import Fault
from grader.model.proof import Figure
from grader.workflow.proofreading import Order, proofread
from tests.courses import DECISIONS, HEAD

PO_HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
BILINGUAL = 'title = { en = "Trial", ru = "Проба" }\nlanguage = "en"\nseed = "1"\n'


@dataclass(frozen=True)
class Planted:
    """An assignment of one task with a fault in it.

    task     source of the task; `HEAD` of the small courses is put before it unless it opens with a docstring
    code     the code that must be given
    line     a text of the line that must be named, in the file `within`
    checks   the checks that are run; all where none is given
    files    further files: path → text
    """

    task: str
    code: str
    line: str
    checks: tuple[str, ...] = ()
    within: str = "q1.py"
    files: dict[str, str] = field(default_factory=dict)
    toml: str = DECISIONS


def written(folder: Path, planted: Planted) -> Path:
    """Write the assignment."""
    folder.mkdir(parents=True)
    (folder / "assignment.toml").write_text(planted.toml, "utf-8")
    text = dedent(planted.task)
    (folder / "q1.py").write_text(text if text.startswith(('"""', 'r"""')) else HEAD + text, "utf-8")
    for name, content in planted.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder


def found(folder: Path, checks: tuple[str, ...] = ()) -> tuple[list[Fault], list[Figure]]:
    """What proofreading says of an assignment."""
    order = Order(str(folder), checks=checks, quick=True)
    proof = proofread(order, lambda done, total, unit: None)
    return proof.faults, proof.figures
