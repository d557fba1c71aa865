"""New tasks and new courses, from the pieces in `templates/new/`; nothing that exists is changed or replaced."""

from __future__ import annotations

import io
import keyword
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grader.author.assignment import Assignment
from grader.author.catalogue import folded
from grader.author.loading import DECISIONS, find_assignment, load_assignment, read_decisions
from grader.author.parts import Answer, Part
from grader.author.readings import convention_settings, full_reading, names_bearing, single_readings
from grader.author.tasks import Task
from grader.errors import AuthoringError, Fault, UsageError
from grader.judge.dealing import deal
from grader.judge.expecting import Expectations
from grader.model.comparing import Measured
from grader.places import templates
from grader.workflow.publishing import write_atomically

NAME = re.compile("[a-z][a-z0-9_]*")
FIRST = {"tables": ("code",), "product": ("formula",), "layer": ("value",)}
"""Tasks of a new course, with their kinds."""
STUDENTS = {"ivanova": False, "petrov": True}
"""Made-up students of a new course, and whether they make mistakes."""
SEVERAL = {"en": "Several questions", "ru": "Несколько вопросов"}


def kinds() -> list[str]:
    """Kinds of tasks that there are pieces for: a file each."""
    return sorted(file.stem for file in (templates() / "new" / "kinds").glob("*.j2"))


def new_task(assignment: str | Path, name: str, wanted: Sequence[str]) -> tuple[list[Path], bool]:
    """Write a task of the `wanted` kinds with its translation, and list it in `assignment.toml`.

    Gives the new files, and whether the assignment has the task now. Raises `UsageError` for a name that no task can
    have, and where a file of the task exists already; `AuthoringError` for a faulty `assignment.toml`.
    """
    folder = find_assignment(assignment)
    _refuse_name(name)
    decisions, faults = read_decisions(folder / DECISIONS)
    if faults:
        raise AuthoringError(faults)
    texts = {folder / f"{name}.py": _task_text(name, wanted)}
    if "ru" in (decisions.language, *decisions.title):
        texts[folder / "locale" / "ru" / f"{name}.po"] = _catalogue_text(folder.name, name, wanted)
    _write(texts)
    return list(texts), not decisions.tasks or _listed(folder / DECISIONS, name)


def new_course(folder: Path, assignment: str, language: str) -> list[Path]:
    """Lay out a course with one assignment, a roster and two submissions; the new files.

    Raises `UsageError` where there is something in `folder`, and for a name that no assignment should have.
    """
    _refuse_name(assignment)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        remedy = "Name a folder that does not exist yet, or `grader new NAME --assignment …` for a task more."
        raise UsageError([Fault(str(folder), "U143", "there is something already", remedy)])
    known = {
        "assignment": assignment,
        "language": language,
        "tasks": ", ".join(f'"{name}"' for name in FIRST),
    }
    home = folder / "assignments" / assignment
    places = {
        "README.md": folder / "README.md",
        "roster.csv": folder / "roster.csv",
        "reference.py": folder / "reference" / "__init__.py",
        DECISIONS: home / DECISIONS,
    }
    texts = {
        place: _pieces().get_template(f"course/{name}.j2").render(known) for name, place in places.items()
    }
    for name, wanted in FIRST.items():
        texts[home / f"{name}.py"] = _task_text(name, wanted)
        texts[home / "locale" / "ru" / f"{name}.po"] = _catalogue_text(assignment, name, wanted)
    _write(texts)
    course = load_assignment(home)
    _write(submissions := {folder / "submissions" / f"{s}.py": _submission(course, s) for s in STUDENTS})
    return [*texts, *submissions]


def _refuse_name(name: str) -> None:
    if NAME.fullmatch(name) and not keyword.iskeyword(name):
        return
    near = re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")
    near = near if NAME.fullmatch(near) and not keyword.iskeyword(near) else f"task_{near}".rstrip("_")
    remedy = (
        f"Use lower-case Latin letters, digits and _, such as {near!r}: students write it into variables."
    )
    raise UsageError([Fault(name or "NAME", "U141", "this cannot be the name of a task", remedy)])


def _write(texts: Mapping[Path, str]) -> None:
    taken = [file for file in texts if file.exists()]
    if taken:
        remedy = "Take another name, or move the file away."
        raise UsageError([Fault(str(file), "U142", "exists already", remedy) for file in taken])
    for file, text in texts.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)


def _pieces() -> Environment:
    return Environment(
        loader=FileSystemLoader(templates() / "new"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )


def _modules(wanted: Iterable[str]) -> list[Any]:
    environment = _pieces()
    return [environment.get_template(f"kinds/{kind}.j2").module for kind in dict.fromkeys(wanted)]


def _said(pieces: list[Any], macro: str, *arguments: str) -> list[str]:
    said = (str(getattr(piece, macro)(*arguments)).strip("\n") for piece in pieces)
    return [text for text in said if text.strip()]


def _title(pieces: list[Any], language: str) -> str:
    macro = "title" if language == "en" else f"title_{language}"
    return _said(pieces, macro)[0] if len(pieces) == 1 else SEVERAL[language]


def _task_text(name: str, wanted: Sequence[str]) -> str:
    pieces = _modules(wanted)
    return (
        _pieces()
        .get_template("task.py.j2")
        .render(
            task=name,
            pieces=pieces,
            title=_title(pieces, "en"),
            statement="\n\n".join(_said(pieces, "statement", name)),
            imports=_imports("\n".join(_said(pieces, "imports")).splitlines()),
            names=", ".join(_said(pieces, "names")),
            total=sum(map(int, _said(pieces, "points"))),
            deals="\n".join(_said(pieces, "deals")),
            conventions="\n".join(_said(pieces, "conventions")),
        )
    )


def _imports(lines: Iterable[str]) -> str:
    """Import lines, each module once, those of others before ours."""
    plain, names = set(), dict[str, set[str]]()
    for line in lines:
        module, _, imported = line.removeprefix("from ").partition(" import ")
        if imported:
            names.setdefault(module, set()).update(imported.split(", "))
        else:
            plain.add(line)
    ours = [f"from {module} import {', '.join(sorted(names[module]))}" for module in sorted(names)]
    return "\n\n".join(filter(None, ("\n".join(sorted(plain)), "\n".join(ours))))


def _catalogue_text(course: str, name: str, wanted: Sequence[str]) -> str:
    """Russian texts, keyed by the English ones."""
    pieces = _modules(wanted)
    text = _pieces().get_template("catalogue.po.j2").render(course=course, task=name, pieces=pieces)
    head, _, _ = text.partition("\n\n")
    catalogue = read_po(io.BytesIO(text.encode()), locale="ru", abort_invalid=True)
    whole = {
        language: folded("\n\n".join(_said(pieces, macro, name)))
        for language, macro in (("en", "statement"), ("ru", "statement_ru"))
    }
    catalogue.add(_title(pieces, "en"), _title(pieces, "ru"))
    catalogue.add(whole["en"], whole["ru"])
    stream = io.BytesIO()
    write_po(stream, catalogue, width=100, omit_header=True)
    return f"{head}\n\n{stream.getvalue().decode().strip()}\n"


def _listed(file: Path, name: str) -> bool:
    """Whether `name` is in the list `tasks` now; nothing else of the file is changed."""
    text = file.read_text("utf-8")
    decided = tomllib.loads(text)
    if name in decided["tasks"]:
        return True
    changed = re.sub(r"(?ms)^(tasks\s*=\s*\[.*?[\"'])(\s*,?\s*\])", rf'\1, "{name}"\2', text, count=1)
    try:
        right = tomllib.loads(changed) == {**decided, "tasks": [*decided["tasks"], name]}
    except tomllib.TOMLDecodeError:  # such as a comment behind the last name
        return False
    if right:
        write_atomically(file, changed)
    return right


def _submission(course: Assignment, student: str) -> str:
    """What a made-up student hands in: all right, or the first mistake of each task and what follows from it."""
    hand, expectations, mistaken = deal(course, student), Expectations(course), STUDENTS[student]
    answers = []
    for name, wanted in FIRST.items():
        task = course.tasks[name]
        said: dict[str, Any] = {}
        for part in task.parts:
            if isinstance(part, Answer):
                said[part.name] = _answer(expectations, task, part, hand, said, mistaken and not said)
        answers += [
            str(piece.answer(name, hand[name], said, mistaken)).strip("\n") for piece in _modules(wanted)
        ]
    return "\n\n\n".join(["import numpy as np", *answers]) + "\n"


def _answer(
    expectations: Expectations, task: Task, part: Part, hand: Any, said: Mapping[str, Any], mistaken: bool
) -> Any:
    setting = convention_settings(task, names_bearing(task, part))[0]
    reading = full_reading(part, setting)
    if mistaken:
        reading = next(r for r in single_readings(part, setting) if r.misconception)
    value = expectations.expected(task, part, 0, reading, hand, said)
    return value.value if isinstance(value, Measured) else value
