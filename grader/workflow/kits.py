"""Kits: what students get to check themselves with, written for one student or for all, and opened again."""

from __future__ import annotations

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
from grader.model.kit import FORMAT, KIT, Kit
from grader.papers.handout import notebook, script
from grader.papers.paper import gather_paper
from grader.workflow.opening import open_assignment
from grader.workflow.publishing import write_atomically

FORMS = {"ipynb": notebook, "py": script}


def release(name: str, folder: Path, student: str, language: str, form: str) -> list[Path]:
    """Write the kit of an assignment: what is to be filled in, given modules, and `kit.json`; the new files.

    `student` is whose numbers are dealt, and need not be given where none are. Raises `UsageError`, and
    `AuthoringError` for a faulty assignment.
    """
    assignment = open_assignment(name)
    dealt = [task.name for task in assignment.tasks.values() if task.variants]
    faults = []
    if dealt and not student:
        remedy = "Say whose numbers they are: --student ID, once for every student."
        faults.append(Fault(name, "U144", f"numbers are dealt in {', '.join(dealt)}", remedy))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        remedy = "Name a folder that does not exist yet."
        faults.append(Fault(str(folder), "U145", "there is something already", remedy))
    if faults:
        raise UsageError(faults)
    paper = gather_paper(assignment, Ticket(student, tuple(assignment.tasks), "", language), None)
    texts = {
        folder / f"{student or assignment.name}.{form}": FORMS[form](paper, _signatures(assignment)),
        folder / KIT: msgspec.json.format(
            msgspec.json.encode(recorded(assignment, student)), indent=1
        ).decode(),
        **{folder / f"{module}.py": source for module, source in assignment.given.items()},
    }
    for file, text in texts.items():
        write_atomically(file, text)
    return list(texts)


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
