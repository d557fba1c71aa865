"""The folder a child works in: made empty, and gone without a trace afterwards."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex


def make(base: Path, number: int) -> Path:
    """Make an empty folder in `base` that only this user may enter."""
    place = base / str(number)
    place.mkdir(0o700)
    return place


def clear(base: Path) -> None:
    """Remove everything in `base`, whatever a submission has built there. Raises `OSError`.

    Folders are lifted up to `base` one by one instead of being descended into: neither depth nor links nor
    missing permissions can stop it. Nobody may be writing there any more.
    """
    folders = [base]
    while folders:
        folder = folders.pop()
        for entry in list(folder.iterdir()):
            if entry.is_symlink() or not entry.is_dir():
                entry.unlink()
                continue
            entry.chmod(0o700)
            folders.append(entry if folder == base else entry.rename(base / token_hex()))
        if folder != base:
            folder.rmdir()
