"""What a course gives to its students: the modules in `given/`, and functions of theirs as arguments of cases."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from grader.author.parts import Case
from grader.errors import Fault
from grader.model.given import Given

FOLDER = "given"
OURS = frozenset({"grader", "reference", "assignments"})


def given(function: Callable[..., Any], *arguments: Any) -> Given:
    """Hand `function` of a given module over to the student's function, its leading `arguments` filled in.

    `case(given(quadratic.gradient, A, b), x0)` poses x ↦ gradient(A, b, x): to the student as a function of the
    module `quadratic`, which stands in `given/quadratic.py` of the assignment, to the oracle as it is here.
    """
    return Given(function, arguments)


def read_given(folder: Path) -> tuple[dict[str, str], list[Fault]]:
    """The given modules of an assignment, name → source; faults for those that students could not import."""
    texts: dict[str, str] = {}
    faults = []
    for file in sorted((folder / FOLDER).glob("*.py")):
        if file.stem == "__init__":
            continue
        problem = _unfit(file.stem)
        if problem:
            remedy = "Name it with Latin letters, digits and _, like no module that Python or a library has."
            faults.append(Fault(str(file), "A110", problem, remedy))
            continue
        text = file.read_text("utf-8", errors="replace")
        faults += _imports_of_ours(file, text)
        texts[file.stem] = text
    return texts, faults


def _unfit(name: str) -> str:
    if not (name.isidentifier() and name.isascii()):
        return f"{name!r} cannot be the name of a module"
    if name in sys.stdlib_module_names or find_spec(name) is not None:
        return f"there is a module {name!r} already, which students would get instead"
    return ""


def _imports_of_ours(file: Path, text: str) -> Iterator[Fault]:
    """In the box there is neither the course nor the grader."""
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        yield Fault(f"{file}:{error.lineno or 1}", "A111", f"is not Python: {error.msg}", "Mend the line.")
        return
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        relative = isinstance(node, ast.ImportFrom) and node.level
        inside = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        names = [inside] if inside and not relative else [alias.name for alias in node.names]
        if relative or any(name.partition(".")[0] in OURS for name in names):
            problem = f"says {ast.unparse(node)!r}, which is not there where submissions run"
            remedy = "Write it with numpy alone, or put what it needs into a given module, too."
            yield Fault(f"{file}:{node.lineno}", "A112", problem, remedy)


def not_given(case: Case, modules: frozenset[str]) -> str:
    """The name of a function that `case` hands over although its module is not among `modules`, or nothing."""
    for argument in case.arguments:
        if type(argument) is Given and argument.module not in modules:
            return f"{argument.module}.{argument.name}"
    return ""
