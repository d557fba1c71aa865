"""Two courses in one process import each its own textbook code."""

from __future__ import annotations

import sys
from pathlib import Path

import reference
from grader.author.importing import importing_from
from grader.author.loading import load_assignment
from tests.courses import course

TASK = """
from reference.answers import ANSWER

one = Answer("one", 1, Close())
task = Task(parts=[one])
one.oracle(lambda: ANSWER)
"""


def laid_out(folder: Path, answer: int) -> Path:
    """A course whose textbook gives `answer`."""
    (folder / "reference").mkdir(parents=True)
    (folder / "reference" / "__init__.py").touch()
    (folder / "reference" / "answers.py").write_text(f"ANSWER = {answer}\n")
    return course(folder / "assignments" / "exam", q1=TASK)


def test_a_course_imports_its_own_textbook(tmp_path: Path) -> None:
    """Though the packages have the same name, and that of this repository is imported already."""
    answers = {}
    for number in (1, 2, 1):
        folder = tmp_path / str(number)
        home = folder / "assignments" / "exam" if folder.exists() else laid_out(folder, number)
        right = load_assignment(home).tasks["q1"].parts[0].right
        assert right is not None
        answers[number] = right()
    assert answers == {1: 1, 2: 2}
    assert sys.modules["reference"] is reference


def test_what_was_imported_before_comes_back(tmp_path: Path) -> None:
    """Loading a course leaves the modules of others as they were, also where it fails; its own path stays last."""
    laid_out(tmp_path, 1)
    before = {name: module for name, module in sys.modules.items() if name.startswith("reference")}
    first = sys.path[0]
    try:
        with importing_from(tmp_path):
            assert "reference" not in sys.modules
            raise LookupError
    except LookupError:
        pass
    after = {name: module for name, module in sys.modules.items() if name.startswith("reference")}
    assert after == before
    assert (sys.path[0], sys.path[-1]) == (first, str(tmp_path))
    sys.path.remove(str(tmp_path))
