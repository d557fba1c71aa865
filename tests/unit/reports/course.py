"""A small course with every kind of part, and students who fall into every finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Raw

from grader.author.assignment import Assignment
from grader.author.loading import load_assignment
from grader.guest import plain
from grader.judge.dealing import calls_of, deal
from grader.judge.expecting import Expectations
from grader.judge.marking import mark_student
from grader.model.gradebook import Record, Student
from grader.model.job import Call
from grader.model.observation import MISSING, Observation, Trouble
from grader.model.submission import Remark

DECISIONS = """
title = { en = "Colloquium: filters & layers", ru = "Коллоквиум: фильтры и слои" }
language = "%(language)s"
seed = "7"
tasks = ["filter", "layer"]
reveal = "%(reveal)s"
"""

FILTER = '''"""Filtering a picture

Write `filtered(picture, kernel)`: the valid correlation of a picture with a kernel, in {unit},

$$y_{ij} = \\\\sum_{k,l} x_{i+k,\\\\,j+l}\\\\,w_{kl}.$$

* Do not pad.
* Return an array of `float`s.
"""
import numpy as np
from grader.author import Code, Slip, Task, case
from grader.comparators.close import Close


filtered = Code(
    "filtered", "5/2", Close(), asks="The function $y = x * w$.", aspects={"plain": 1, "wide": 1},
    slips={"turned": {False: None, True: Slip("1/2", "The kernel is turned by 180° twice, in {unit}.")}},
)
energy = Code("energy", 1, Close(), asks="The sum of squares $E = \\\\sum y^2$ of what was filtered.")


@filtered.cases
def pose(rng):
    yield case(np.arange(9.0).reshape(3, 3), np.array([[1.0, 0.0], [0.0, 2.0]]), aspect="plain", public=True)
    yield case(rng.integers(-9, 9, (12, 11)).astype(float), rng.normal(size=(2, 2)), aspect="wide")


def correlate(picture, kernel):
    h, w = kernel.shape
    rows, columns = picture.shape[0] - h + 1, picture.shape[1] - w + 1
    return np.array([[np.sum(picture[i:i + h, j:j + w] * kernel) for j in range(columns)] for i in range(rows)])


@filtered.oracle
def right(picture, kernel, *, flip, turned):
    kernel = kernel[::-1, ::-1] if (flip == "convolution") else kernel
    return correlate(picture, kernel.T[::-1] if turned else kernel)


@filtered.misconception(credit="0.4")
def averages(picture, kernel, *, flip):
    """You divide by the size of the kernel, $h\\\\cdot w$; a filter does *not* normalise."""
    return right(picture, kernel, flip=flip, turned=False) / kernel.size


@energy.cases
def pose_energy(rng):
    yield case([1.0, 2.0], public=True)
    yield case(rng.normal(size=5))


@energy.oracle
def squares(values, *, flip):
    return np.sum(np.square(values)) * (-1 if flip == "convolution" else 1)


task = Task(
    [filtered, energy],
    variants={"unit": ("volts", "amperes")},
    conventions={"flip": {"correlation": "the kernel is not flipped", "convolution": "the kernel is flipped"}},
)
'''

LAYER = '''"""A linear layer

With $W = \\\\begin{pmatrix} 1 & 2 \\\\\\\\ 3 & 4 \\\\end{pmatrix}$ and $x = (n, 1)$ for n = {n}:
"""
import numpy as np
from grader.author import Answer, Task
from grader.comparators.close import Close

y = Answer("y", 1, Close(), asks="Compute $y = W x$.")
loss = Answer("loss", 1, Close(), asks="Compute $\\\\lVert y \\\\rVert^2$.")


@y.oracle
def product(n):
    return np.array([[1.0, 2.0], [3.0, 4.0]]) @ np.array([n, 1.0])


@loss.oracle
def square(y):
    return float(np.sum(np.square(y)))


@loss.misconception()
def forgets_the_square(y):
    """You added the entries up without squaring them."""
    return float(np.sum(y))


task = Task([y, loss], variants={"n": (2, 3)})
'''

RUSSIAN = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Filtering a picture"
msgstr "Фильтр картинки"

msgid "You divide by the size of the kernel, $h\\\\cdot w$; a filter does *not* normalise."
msgstr "Вы делите на размер ядра, $h\\\\cdot w$; фильтр *не* нормирует."

msgid "the kernel is not flipped"
msgstr "ядро не переворачивается"

msgid "the kernel is flipped"
msgstr "ядро переворачивается"
"""


def write_course(folder: Path, language: str = "en", reveal: str = "difference") -> Assignment:
    """Write the course below `folder` and load it."""
    root = folder / "colloquium"
    (root / "locale" / "ru").mkdir(parents=True)
    (root / "assignment.toml").write_text(DECISIONS % {"language": language, "reveal": reveal}, "utf-8")
    (root / "filter.py").write_text(FILTER.replace("\\\\", "\\\\"), "utf-8")
    (root / "layer.py").write_text(LAYER, "utf-8")
    (root / "locale" / "ru" / "filter.po").write_text(RUSSIAN, "utf-8")
    return load_assignment(root)


def returned(value: Any, **more: Any) -> Observation:
    """The call gave `value`."""
    return Observation("returned", Raw(plain.dumps(value)), **more)


def correlate(picture: Any, kernel: Any) -> Any:
    """The right filter."""
    h, w = kernel.shape
    windows = np.lib.stride_tricks.sliding_window_view(picture, (h, w))
    return np.einsum("ijkl,kl->ij", windows, kernel)


def convolve(picture: Any, kernel: Any) -> Any:
    """The right filter under the other convention."""
    return correlate(picture, kernel[::-1, ::-1])


def energy(values: Any) -> Any:
    """The right sum of squares, where the kernel is not flipped."""
    return float(np.sum(np.square(values)))


Functions = Mapping[str, Callable[..., Any]]
RIGHT: Functions = {"filtered": correlate, "energy": energy}


def observe(
    assignment: Assignment, student: str, functions: Functions, answers: Mapping[str, Any]
) -> dict[str, Observation]:
    """What the box would have observed; a function may give an `Observation` itself."""
    observed: dict[str, Observation] = {}
    for call in calls_of(assignment, deal(assignment, student)):
        if isinstance(call, Call):
            function = functions.get(call.entry)
            value = MISSING if function is None else function(*call.arguments)
        else:
            value = answers.get(call.key.split("/")[1], MISSING)
        observed[call.key] = value if isinstance(value, Observation) else returned(value)
    return observed


def record(
    assignment: Assignment,
    student: str,
    functions: Functions = RIGHT,
    answers: Mapping[str, Any] | None = None,
    *,
    name: str = "",
    remarks: tuple[Remark, ...] = (),
) -> Record:
    """A marked student; answers that are not given are right."""
    n = deal(assignment, student)["layer"]["n"]
    y = np.array([n + 2.0, 3.0 * n + 4.0])
    given = {"y": y, "loss": float(np.sum(y**2)), **(answers or {})}
    observed = observe(assignment, student, functions, given)
    marks = mark_student(Expectations(assignment), deal(assignment, student), observed)
    status = "withheld" if any(mark.points is None for mark in marks) else "marked"
    return Record(Student(student, name), status, marks, remarks, observed, "f", "locked box")


def raising(kind: str, message: str) -> Callable[..., Observation]:
    """A function that raises."""
    trace = (("work.py", 12, "    return total / count"),)
    return lambda *_: Observation("raised", trouble=Trouble(kind, message, trace))


def troubled(outcome: Any, kind: str = "") -> Callable[..., Observation]:
    """A function that comes to nothing in another way."""
    return lambda *_: Observation(outcome, trouble=Trouble(kind))


def shifted(picture: Any, kernel: Any) -> Any:
    """Right for narrow pictures only."""
    result = correlate(picture, kernel)
    if picture.shape[1] > 8:
        result[9, 9] += 1
    return result


def class_of(assignment: Assignment) -> dict[str, Record]:
    """Students by what they stand for."""
    flipped = {"filtered": convolve, "energy": lambda v: -energy(v)}
    mixed = {"filtered": convolve, "energy": energy}
    averaging = {"filtered": lambda p, k: correlate(p, k) / k.size, "energy": energy}
    partly = {"filtered": shifted, "energy": energy}
    own_y = np.array([1.0, 1.0])
    remarks = (
        Remark("wrong_encoding", {"file": "работа.py", "encoding": "cp1251"}),
        Remark("repair", {"name": "numpy_names", "what": "np.float"}),
        Remark("ignored_file", {"file": "<img src=x onerror=alert(1)>.exe"}),
    )
    wrong = {"filtered": lambda p, k: correlate(p, k) + 1e-7, "energy": energy}
    shape = {"filtered": lambda p, k: np.pad(correlate(p, k), 1), "energy": lambda v: "a lot"}
    fault = Observation("faulted", trouble=Trouble("gone"))
    made = {
        "right": record(assignment, "ivanova", name="Анна Иванова"),
        "flipped": record(assignment, "petrov", flipped),
        "mixed": record(assignment, "mixed", mixed),
        "misconception": record(
            assignment, "sidorova", averaging, {"loss": 8.0, "y": [5.0, 3.0]}, remarks=remarks
        ),
        "unexplained": record(assignment, "partly", partly, {"loss": 1e6}),
        "digits": record(assignment, "digits", wrong),
        "shape": record(assignment, "shape", shape),
        "followed": record(assignment, "follower", answers={"y": own_y, "loss": 2.0}),
        "raised": record(
            assignment, "raiser", {"filtered": raising("ZeroDivisionError", "division by zero")}
        ),
        "timed_out": record(
            assignment, "sleeper", {"filtered": troubled("timed_out", "cpu"), "energy": energy}
        ),
        "missing": record(assignment, "absent", {}, {"y": MISSING, "loss": MISSING}),
        "withheld": record(assignment, "unlucky", {"filtered": lambda *_: fault, "energy": energy}),
        "hostile": record(
            assignment,
            "=cmd()<script>alert(1)</script>",
            {
                "filtered": raising("ValueError", "\x1b[31m<b>red</b>\u202e"),
                "energy": lambda v: "<script>\x07",
            },
            {"y": {"<i>": "[bold]x[/bold]" * 50}},
            name="+SUM(1)",
        ),
    }
    made["not_submitted"] = Record(Student("zzz", "Nobody"), "not_submitted")
    return made
