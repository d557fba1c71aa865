"""What a bundle yields, and what it never takes along."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from grader.model.submission import Remark

IGNORED = frozenset({"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Handed:
    """The files of one student; `entries` are the names in the delivery that claim to be theirs.

    `remarks` say what of it was refused before it became a file. `keeps` holds on to whatever the files lie in, for
    as long as somebody may read them.
    """

    student: str
    files: tuple[Path, ...]
    root: Path
    entries: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()
    keeps: object = field(default=None, repr=False, compare=False)

    def name(self, file: Path) -> str:
        """The file's name as the student knows it."""
        return as_text(file.relative_to(self.root).as_posix())


def kept(path: Path) -> bool:
    """Whether a directory entry is the student's: no hidden files, no leavings of tools, no links."""
    return not is_leaving(path.name) and not path.is_symlink()


def files_below(folder: Path) -> Iterator[Path]:
    """The student's regular files in `folder` and below it, sorted.

    Raises `OSError` where a folder cannot be listed: what cannot be seen must not count as not handed in.
    """
    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = [name for name in folders if kept(Path(parent, name))]
        found += (file for name in names if kept(file := Path(parent, name)) and file.is_file())
    return iter(sorted(found))


def _refuse(error: OSError) -> NoReturn:
    raise error


def is_leaving(name: str) -> bool:
    """Whether a file or folder of such a name is a hidden one, or something that a tool has left."""
    return name.startswith(".") or name in IGNORED


def student_of(name: str) -> str:
    """The student to whom a file of this name belongs: all but its ending, of which some have two pieces."""
    return Path(name[:-3] if name.lower().endswith(".tar.gz") else name).stem


def as_text(name: str) -> str:
    r"""A file name as text; bytes that are no UTF-8 (from an archive of another age) are spelled out: `\xcf`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def identity(student: str) -> str:
    """Two ids with the same identity cannot be told apart by file systems, or by eye in any typeface.

    Case, ways to compose a letter, kinds of spaces and characters of no width make no difference. Letters of
    different alphabets do, although some look alike.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", student).casefold())
    folded = unicodedata.normalize("NFKC", folded.casefold())
    seen = "".join(c for c in folded if unicodedata.category(c) != "Cf")
    return " ".join(seen.split())
