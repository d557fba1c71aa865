"""A plain folder: a file or a folder for each student, named after the student."""

from __future__ import annotations

from pathlib import Path

from grader.bundles._handed import Handed, kept


def read(path: Path) -> list[Handed] | None:
    """List what was handed in, by student; None where `path` is no folder.

    `ivanov.py` and everything in `ivanov/` belong to the student `ivanov`.
    """
    if not path.is_dir():
        return None
    handed = []
    for entry in sorted(path.iterdir()):
        if not kept(entry):
            continue
        if entry.is_dir():
            files = tuple(
                file for file in sorted(entry.rglob("*")) if file.is_file() and _inside(file, entry)
            )
            handed.append(Handed(entry.name, files, entry, (entry.name + "/",)))
        elif entry.is_file():
            handed.append(Handed(entry.stem, (entry,), path, (entry.name,)))
    return handed


def _inside(file: Path, folder: Path) -> bool:
    steps = [file, *file.parents]
    return all(kept(step) for step in steps[: steps.index(folder)])
