"""Kits: what students get to check themselves with, written for one student or for all, and opened again."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from grader.author.assignment import Assignment
from grader.author.parts import Code
from grader.author.tickets import Ticket
from grader.errors import Fault, UsageError
from grader.guest import plain
from grader.judge.recording import argument_names, recorded
from grader.judge.replaying import Replayed, replayed
from grader.model.gradebook import Student
from grader.model.kit import FORMAT, KIT, Kit
from grader.papers.handout import notebook, script
from grader.papers.paper import gather_paper
from grader.workflow.delivery import read_roster
from grader.workflow.opening import open_assignment
from grader.workflow.publishing import file_name, write_atomically

FORMS = {"ipynb": notebook, "py": script}


def release(
    name: str, folder: Path, students: Sequence[Student], language: str, form: str, *, apart: bool = False
) -> list[Path]:
    """Write kits of an assignment: what is to be filled in, given modules, and `kit.json`; the new files.

    `students` are those whose numbers are dealt; where none are dealt, there need be no student. The kits of several
    students, and any kit that is wanted `apart`, stand in folders named by their ids; else the kit is the folder.
    `language` is that of the statements for students who have none of their own. Raises `UsageError`, and
    `AuthoringError` for a faulty assignment.
    """
    assignment = open_assignment(name)
    dealt = [task.name for task in assignment.tasks.values() if task.variants]
    faults = []
    if dealt and not students:
        remedy = "Say whose numbers they are: --student ID, as often as you like, or --roster FILE."
        faults.append(Fault(name, "U144", f"numbers are dealt in {', '.join(dealt)}", remedy))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        remedy = "Name a folder that does not exist yet."
        faults.append(Fault(str(folder), "U145", "there is something already", remedy))
    if faults:
        raise UsageError(faults)
    apart = apart or len(students) > 1
    return [
        file
        for student in students or [Student("")]
        for file in _write_kit(
            assignment, folder / file_name(student.id) if apart else folder, student, language, form
        )
    ]


def _write_kit(
    assignment: Assignment, folder: Path, student: Student, language: str, form: str
) -> list[Path]:
    ticket = Ticket(student.id, tuple(assignment.tasks), student.name, student.language or language)
    paper = gather_paper(assignment, ticket, None)
    stem = file_name(student.id) or assignment.name
    texts = {
        folder / f"{stem}.{form}": FORMS[form](paper, _signatures(assignment)),
        folder / KIT: msgspec.json.format(
            msgspec.json.encode(recorded(assignment, student.id)), indent=1
        ).decode(),
        **{folder / f"{module}.py": source for module, source in assignment.given.items()},
    }
    for file, text in texts.items():
        write_atomically(file, text)
    return list(texts)


def class_of(roster: Path) -> list[Student]:
    """The students of a roster. Raises `UsageError` with all its faults."""
    faults: list[Fault] = []
    students = read_roster(roster, faults)
    if faults:
        raise UsageError(faults)
    return list(students.values())


def _signatures(assignment: Assignment) -> dict[str, str]:
    """Function that students write → its arguments, as the oracle names them."""
    parts = (part for task in assignment.tasks.values() for part in task.parts if isinstance(part, Code))
    return {part.entry: ", ".join(argument_names(part)) for part in parts}


def kit_file(name: str | Path) -> Path | None:
    """The kit at a path, which may be its folder; None where there is none."""
    path = Path(name)
    file = path / KIT if path.is_dir() else path
    return file if file.name == KIT and file.is_file() else None


def open_kit(file: Path) -> tuple[Assignment, Replayed]:
    """The assignment of a kit, as `replayed`. Raises `UsageError` for a file that is none."""
    data = file.read_bytes()
    try:
        kit = msgspec.json.decode(data, type=Kit)
        if kit.format != FORMAT:
            raise ValueError(f"of format {kit.format}, and not {FORMAT}")
        return replayed(kit, sha256(data).hexdigest())
    except (msgspec.MsgspecError, plain.Malformed, ValueError, TypeError, LookupError) as error:
        remedy = (
            "Take the kit once more from where you got it, or the version of grader that it was made with."
        )
        raise UsageError(
            [Fault(str(file), "U146", f"is no kit for this version: {error}", remedy)]
        ) from error
