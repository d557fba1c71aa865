"""Loading an assignment from its folder: every fault at once, with file, line and remedy."""

from __future__ import annotations

import sys
import tomllib
import traceback
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
from grader.author.tasks import Task
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


def course_root(folder: Path) -> Path:
    """The folder from which task files import: the nearest one above that holds `reference/`, else the parent."""
    for parent in folder.parents:
        if (parent / "reference").is_dir():
            return parent
    return folder.parent


def load_assignment(name: str | Path) -> Assignment:
    """Load an assignment. Raises `UsageError` where there is none, `AuthoringError` with all its faults."""
    folder = find_assignment(name)
    root = course_root(folder)
    if str(root) not in sys.path:
        sys.path.append(str(root))
    decisions, faults = read_decisions(folder / DECISIONS)
    files = task_files(folder, decisions, faults)
    tasks: dict[str, Task] = {}
    for file in files:
        task, found = load_task(file)
        faults += found
        if task is not None:
            tasks[task.name] = task
    catalogue, found = read_catalogue(folder / "locale")
    faults += found
    faults += [fault for task in tasks.values() for fault in faults_of(task, tasks)]
    if faults:
        raise AuthoringError(faults)
    return Assignment(folder.name, folder, decisions, tasks, catalogue, fingerprint_of_course(folder, root))


def read_decisions(file: Path) -> tuple[Decisions, list[Fault]]:
    """Read `assignment.toml` key by key, so that every faulty key is told."""
    text = file.read_text("utf-8", errors="replace")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Decisions({}), [Fault(str(file), "A102", f"is not TOML: {error}", "Mend the line it names.")]
    faults, known = [], {}
    hints = get_type_hints(Decisions)
    for key, value in data.items():
        line = next((n for n, row in enumerate(text.splitlines(), 1) if key in row), 1)
        place = f"{file}:{line}"
        if key not in hints:
            remedy = f"Known keys: {', '.join(hints)}."
            faults.append(Fault(place, "A103", f"unknown key {key!r}", remedy))
            continue
        try:
            known[key] = msgspec.convert(value, hints[key])
        except msgspec.ValidationError as error:
            faults.append(Fault(place, "A104", f"{key}: {error}", "Give a value of the expected type."))
    if "title" not in data:
        faults.append(Fault(f"{file}:1", "A103", "has no title", 'Add title = { en = "…", ru = "…" }.'))
        known["title"] = {}
    for repair in sorted(set(known.get("repairs", ())) - set(REPAIRS)):
        faults.append(
            Fault(str(file), "A105", f"no repair is called {repair!r}", f"Known: {', '.join(REPAIRS)}.")
        )
    return Decisions(**{"title": {}, **known}), faults


def task_files(folder: Path, decisions: Decisions, faults: list[Fault]) -> list[Path]:
    """Files of the tasks in their order; faults for tasks that have none."""
    found = {file.stem: file for file in sorted(folder.glob("*.py")) if not file.name.startswith("_")}
    for name in decisions.tasks:
        if name not in found:
            remedy = f"Write {name}.py, or take {name!r} out of `tasks`."
            faults.append(Fault(str(folder / DECISIONS), "A107", f"task {name!r} has no file", remedy))
    if not found:
        faults.append(
            Fault(str(folder), "A108", "has no tasks", "Write a task: one Python file in this folder.")
        )
    order = decisions.tasks or tuple(found)
    return [found[name] for name in order if name in found]


def load_task(file: Path) -> tuple[Task | None, list[Fault]]:
    """Import one task file; its faults instead where it cannot be imported or has no task."""
    try:
        module = import_file(file)
    except Exception as error:  # noqa: BLE001 - an author's file may raise anything; each is told as a fault
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == str(file)]
        line = getattr(error, "lineno", None) or (frames[-1].lineno if frames else 1)
        problem = f"cannot be imported: {type(error).__name__}: {error}"
        return None, [
            Fault(f"{file}:{line}", "T101", problem, "Run the file with python to see the whole error.")
        ]
    task = getattr(module, "task", None)
    if not isinstance(task, Task):
        remedy = "End the file with task = Task(parts=[…])."
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
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fingerprint_of_course(folder: Path, root: Path) -> str:
    """Hash of the assignment's files, of the course's textbook code, and of the engine's version."""
    files = {path for path in folder.rglob("*") if path.suffix in (".py", ".toml", ".po")}
    files |= set((root / "reference").rglob("*.py"))
    digest = sha256(__version__.encode())
    for path in sorted(files):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
