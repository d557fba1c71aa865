"""A course hands functions over to its students' functions, the same on both sides of the wall."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.author.loading import load_assignment
from grader.errors import AuthoringError
from grader.judge.trying import trial_faults
from grader.model.gradebook import Record
from grader.workflow.checking import check
from grader.workflow.judging import posed_to
from tests.courses import course

QUADRATIC = """
import numpy as np


def gradient(A, b, x):
    return np.asarray(A) @ x - b


def halved(x):
    return x / 2
"""
TASK = '''"""Gradient step

Write `step(grad, x, eta)`.
"""
import numpy as np
from grader.author import Code, Task, case, given
from grader.comparators.close import Close
from {folder}.given import quadratic

step = Code("step", 2, Close())
task = Task(parts=[step])


@step.cases
def cases(rng):
    yield case(given(quadratic.halved), np.array([4.0]), 0.5, public=True)
    yield case(given(quadratic.gradient, np.eye(2), np.ones(2)), np.array([1.0, 3.0]), 0.5, public=True)


@step.oracle
def right(grad, x, eta):
    return x - eta * grad(x)


@step.misconception(credit="1/2")
def ascent(grad, x, eta):
    """You went uphill."""
    return x + eta * grad(x)
'''


def written(folder: Path, **modules: str) -> Path:
    """A course whose only task hands functions over."""
    course(folder, q1=TASK.format(folder=folder.name))
    (folder / "given").mkdir()
    for name, text in {"quadratic": QUADRATIC, **modules}.items():
        (folder / "given" / f"{name}.py").write_text(text, "utf-8")
    return folder


def checked(folder: Path, text: str) -> Record:
    """What is found of a submission in the real box."""
    file = folder.parent / "work.py"
    file.write_text(text, "utf-8")
    return check(str(folder), file, "someone", "en", True)[2]


STEP = "def step(grad, x, eta):\n    return x {sign} eta * grad(x)\n"


@pytest.mark.parametrize(("sign", "finding"), [("-", "right"), ("+", "misconception")])
def test_a_given_function_is_called_in_the_box(tmp_path: Path, sign: str, finding: str) -> None:
    """The student's function gets it with its leading arguments filled in, and is judged by what comes of it."""
    record = checked(written(tmp_path / f"called_{finding}"), STEP.format(sign=sign))
    assert record.marks[0].verdicts[0].finding == finding


def test_a_given_module_can_be_imported(tmp_path: Path) -> None:
    """Students may use the module themselves; changing it changes nothing of what is handed over."""
    text = "import quadratic\nquadratic.gradient = None\nassert quadratic.halved(4) == 2\n" + STEP.format(
        sign="-"
    )
    record = checked(written(tmp_path / "imported"), text)
    assert (record.marks[0].verdicts[0].finding, record.remarks) == ("right", ())


def test_what_stands_in_a_modules_place_is_not_handed_over(tmp_path: Path) -> None:
    """Who puts something else where the module would be imported from is still called with the course's own."""
    text = "import sys\nsys.modules['quadratic'] = sys\n" + STEP.format(sign="-")
    record = checked(written(tmp_path / "replaced"), text)
    assert record.marks[0].verdicts[0].finding == "right"


def test_a_copy_handed_in_is_not_what_is_handed_over(tmp_path: Path) -> None:
    """Who hands in another `quadratic.py` is still called with the course's own."""
    folder = written(tmp_path / "copied")
    work = tmp_path / "work"
    work.mkdir()
    (work / "quadratic.py").write_text(
        "def halved(x):\n    return 0\n\n\ndef gradient(A, b, x):\n    return 0\n"
    )
    (work / "solution.py").write_text("import quadratic\n" + STEP.format(sign="-"))
    record = check(str(folder), work, "someone", "en", True)[2]
    assert record.marks[0].verdicts[0].finding == "right"


def test_another_given_module_is_another_question(tmp_path: Path) -> None:
    """What was observed with the old module says nothing about the new one."""
    folder = written(tmp_path / "changed")
    before = posed_to(load_assignment(folder), "someone")[1]
    (folder / "given" / "quadratic.py").write_text(QUADRATIC.replace("/ 2", "/ 3"))
    assert posed_to(load_assignment(folder), "someone")[1] != before


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("json", "", "A110"),
        ("numpy", "", "A110"),
        ("two-words", "", "A110"),
        ("broken", "def f(:\n", "A111"),
        ("leaking", "from reference.descent import step\n", "A112"),
        ("nosy", "import grader.judge\n", "A112"),
        ("relative", "from . import quadratic\n", "A112"),
    ],
)
def test_a_module_that_students_could_not_import_is_a_fault(
    tmp_path: Path, name: str, text: str, code: str
) -> None:
    """It is told with its file before anything is marked."""
    folder = written(tmp_path / f"faulty_{code}_{len(name)}", **{name: text})
    with pytest.raises(AuthoringError) as caught:
        load_assignment(folder)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert caught.value.faults[0].place.startswith(str(folder / "given" / f"{name}.py"))


def test_a_function_of_no_given_module_cannot_be_posed(tmp_path: Path) -> None:
    """A function that stands in the task file would not be there in the box."""
    folder = written(tmp_path / "elsewhere")
    text = TASK.format(folder="elsewhere").replace("given(quadratic.halved)", "given(mine)")
    text = text.replace("@step.cases\n", "def mine(x):\n    return x\n\n\n@step.cases\n", 1)
    (folder / "q1.py").write_text(text, "utf-8")
    assert [fault.code for fault in trial_faults(load_assignment(folder))] == ["T121"]
