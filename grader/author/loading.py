"""Loading an assignment from its folder: every fault at once, with file, line and remedy."""

from __future__ import annotations

import re
import sys
import tomllib
import traceback
from collections.abc import Callable
from difflib import get_close_matches
from hashlib import sha256
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

import msgspec

from grader import __version__
from grader.author.assignment import REPAIRS, Assignment, Decisions
from grader.author.catalogue import read_catalogue
from grader.author.checking import faults_of
from grader.author.exam import exam_faults
from grader.author.giving import read_given
from grader.author.importing import course_root, importing_from
from grader.author.tasks import Task
from grader.author.totals import total_faults
from grader.errors import AuthoringError, Fault, UsageError

DECISIONS = "assignment.toml"


def find_assignment(name: str | Path) -> Path:
    """The folder of the assignment that is called so: a path, or a name in `assignments/`. Raises `UsageError`."""
    for folder in (Path(name), Path("assignments") / name):
        if (folder / DECISIONS).is_file():
            return folder.resolve()
    if Path(name).is_dir():
        problem = f"this folder has no {DECISIONS}, so it is no assignment"
    else:
        problem = "there is no such assignment"
    known = sorted(file.parent.name for file in Path("assignments").glob(f"*/{DECISIONS}"))
    remedy = f"Give the folder of one, or one of: {', '.join(known)}." if known else "Give the folder of one."
    raise UsageError([Fault(str(name), "U101", problem, remedy)])


def load_assignment(name: str | Path) -> Assignment:
    """Load an assignment. Raises `UsageError` where there is none, `AuthoringError` with all its faults."""
    folder = find_assignment(name)
    root = course_root(folder)
    decisions, faults = read_decisions(folder / DECISIONS)
    files = task_files(folder, decisions, faults)
    tasks: dict[str, Task] = {}
    with importing_from(root):
        loaded = [load_task(file) for file in files]
    for task, found in loaded:
        faults += found
        if task is not None:
            tasks[task.name] = task
    catalogue, found = read_catalogue(folder / "locale")
    faults += found
    given, found = read_given(folder)
    faults += found
    faults += [fault for task in tasks.values() for fault in faults_of(task, tasks)]
    faults += exam_faults(decisions.ticket, decisions.hour, [file.stem for file in files], _placing(folder))
    faults = faults or list(total_faults(decisions, tasks, _placing(folder)("total")))
    if faults:
        raise AuthoringError(faults)
    fingerprint = fingerprint_of_course(folder, root)
    return Assignment(folder.name, folder, decisions, tasks, catalogue, fingerprint, given)


def read_decisions(file: Path) -> tuple[Decisions, list[Fault]]:
    """Read `assignment.toml` key by key, so that every faulty key is told."""
    text = file.read_text("utf-8", errors="replace")
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # besides TOMLDecodeError: numbers of too many digits
        line = re.search(r"at line (\d+)", str(error))
        place = f"{file}:{line[1]}" if line else str(file)
        return Decisions({}), [Fault(place, "A102", f"is not TOML: {error}", "Mend the line.")]
    faults, known = [], {}
    hints = get_type_hints(Decisions, include_extras=True)
    for key, value in data.items():
        place = f"{file}:{_line_of(key, text)}"
        if key not in hints:
            near = get_close_matches(key, hints, 1)
            remedy = f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(hints)}."
            faults.append(Fault(place, "A103", f"unknown key {key!r}", remedy))
            continue
        try:
            known[key] = msgspec.convert(value, hints[key])
        except msgspec.ValidationError as error:
            faults.append(Fault(place, "A104", f"{key}: {error}", "Give a value of the expected type."))
    if "title" not in data:
        faults.append(Fault(f"{file}:1", "A101", "has no title", 'Add title = { en = "…", ru = "…" }.'))
    for repair in sorted(set(known.get("repairs", ())) - set(REPAIRS)):
        place = f"{file}:{_line_of(repair, text)}"
        faults.append(
            Fault(place, "A105", f"no repair is called {repair!r}", f"Known: {', '.join(REPAIRS)}.")
        )
    return Decisions(**{"title": {}, **known}), faults


def _placing(folder: Path) -> Callable[[str], str]:
    """Tells where `assignment.toml` sets a key."""
    file = folder / DECISIONS
    text = file.read_text("utf-8", errors="replace")
    return lambda key: f"{file}:{_line_of(key, text)}"


def _line_of(key: str, text: str) -> int:
    """The line that sets `key`, or that has it in a table's heading or in a list."""
    quoted = re.escape(key)
    for pattern in (rf"^\s*[\"']?{quoted}[\"']?\s*[.=]", rf"^\s*\[+\s*{quoted}\b", rf"\b{quoted}\b"):
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(pattern, line):
                return number
    return 1


def task_files(folder: Path, decisions: Decisions, faults: list[Fault]) -> list[Path]:
    """Files of the tasks in their order; faults for tasks that have none, or cannot have their name."""
    found = {file.stem: file for file in sorted(folder.glob("*.py")) if not file.name.startswith("_")}
    text = (folder / DECISIONS).read_text("utf-8", errors="replace")
    for name in decisions.tasks:
        if name not in found:
            remedy = f"Write {name}.py, or take {name!r} out of `tasks`."
            place = f"{folder / DECISIONS}:{_line_of('tasks', text)}"
            faults.append(Fault(place, "A107", f"task {name!r} has no file", remedy))
    if not found:
        faults.append(
            Fault(str(folder), "A108", "has no tasks", "Write a task: one Python file in this folder.")
        )
    order = tuple(dict.fromkeys(decisions.tasks)) or tuple(found)
    for name in order:
        if name in found and not re.fullmatch("[a-z][a-z0-9_]*", name):
            remedy = "Students write it into variables: use lower-case Latin letters, digits and _."
            faults.append(Fault(str(found[name]), "T127", f"{name!r} cannot be the name of a task", remedy))
    return [found[name] for name in order if name in found]


def load_task(file: Path) -> tuple[Task | None, list[Fault]]:
    """Import one task file; its faults instead where it cannot be imported or has no task."""
    try:
        module = import_file(file)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - an author's file may raise anything, or call exit()
        lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(file)]
        if isinstance(error, SyntaxError) and error.filename == str(file):
            lines.append(error.lineno)
        problem = f"cannot be imported: {type(error).__name__}: {error}"
        remedy = "Run the file with python to see the whole error."
        return None, [Fault(f"{file}:{lines[-1] if lines else 1}", "T101", problem, remedy)]
    task = getattr(module, "task", None)
    if not isinstance(task, Task):
        remedy = "Write task = Task(parts=[…])."
        return None, [Fault(f"{file}:1", "T102", "defines no `task`", remedy)]
    text = (module.__doc__ or "").strip()
    title, _, rest = text.partition("\n")
    task.name, task.file, task.title, task.statement = file.stem, str(file), title.strip(), rest.strip()
    if not title.strip() or not rest.strip():
        remedy = "Open the file with a docstring: a title, an empty line, the statement."
        return task, [Fault(f"{file}:1", "T111", "has no statement", remedy)]
    return task, []


def import_file(file: Path) -> ModuleType:
    """Import a file by path, afresh, under a name that collides with nothing."""
    digest = sha256(str(file).encode()).hexdigest()[:12]
    spec = util.spec_from_file_location(f"_task_{file.stem}_{digest}", file)
    assert spec is not None, "a .py file always has a loader"
    assert spec.loader is not None, "a .py file always has a loader"
    module = sys.modules[spec.name] = util.module_from_spec(spec)  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


def fingerprint_of_course(folder: Path, root: Path) -> str:
    """Hash of the assignment's files, of the course's textbook code, and of the engine's version."""
    files = {path for path in folder.rglob("*") if path.suffix in (".py", ".toml", ".po") and path.is_file()}
    files |= set((root / "reference").rglob("*.py"))
    digest = sha256(__version__.encode())
    for path in sorted(files):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
