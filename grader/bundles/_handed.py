"""What a bundle yields, and what it never takes along."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

IGNORED = frozenset({"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Handed:
    """The files of one student; `entries` are the names in the delivery that claim to be theirs."""

    student: str
    files: tuple[Path, ...]
    root: Path
    entries: tuple[str, ...]

    def name(self, file: Path) -> str:
        """The file's name as the student knows it."""
        return file.relative_to(self.root).as_posix()


def kept(path: Path) -> bool:
    """Whether a directory entry is the student's: no hidden files, no leavings of tools, no links."""
    return not path.name.startswith(".") and path.name not in IGNORED and not path.is_symlink()


def identity(student: str) -> str:
    """Two ids with the same identity cannot be told apart by file systems or by eye."""
    return unicodedata.normalize("NFKC", student).casefold().strip()
