"""A plain folder: a file or a folder for each student, named after the student."""

from __future__ import annotations

from pathlib import Path

from grader.bundles._handed import Handed, as_text, files_below, kept, student_of


def read(path: Path) -> list[Handed] | None:
    """List what was handed in, by student; None where `path` is no folder. Raises `OSError`.

    `ivanov.py` and everything in `ivanov/` belong to the student `ivanov`.
    """
    if not path.is_dir():
        return None
    handed = []
    for entry in sorted(path.iterdir()):
        if not kept(entry):
            continue
        if entry.is_dir():
            name = as_text(entry.name)
            handed.append(Handed(name, tuple(files_below(entry)), entry, (name + "/",)))
        elif entry.is_file():
            handed.append(Handed(as_text(student_of(entry.name)), (entry,), path, (as_text(entry.name),)))
    return handed
