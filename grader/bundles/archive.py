"""A folder in one file (`.zip`, `.tar`, `.tar.gz`): unpacked into a temporary folder that is gone afterwards."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import unicodedata
import weakref
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.bundles import folder
from grader.bundles._handed import Handed, as_text, identity, is_leaving, student_of
from grader.bundles._packed import Caps, Packed, Unreadable, is_archive, refused, unpack
from grader.model.submission import Remark

CAPS = Caps(entries=200_000, file_bytes=20_000_000, total_bytes=4_000_000_000)
"""Of the whole delivery; no single file may be larger than what is read of one student."""
FILES_OF_ONE = 1000
BYTES_OF_ONE = 100_000_000
LATEST = 1 << 33
"""Seconds of the epoch, in the year 2242: a file that is said to be younger, or older than the epoch, has no time."""
_COPY = re.compile(r"\s*\(\d+\)$")
"""What browsers add to the name of a file that is there already: `class (1).zip`."""
_WHY = {
    "damaged": "the archive is damaged",
    "too_many": "the archive holds too many files",
    "too_large": "the archive unpacks to more than is read of a delivery",
    "bomb": "the archive unpacks to hundreds of times its size",
}


def read(path: Path) -> list[Handed] | None:
    """Unpack the delivery and list what was handed in, by student; None where `path` is no archive.

    What is refused stands in the remarks of the student it would have belonged to. Raises `OSError` where the
    archive as a whole cannot be read: whoever is missing then must not count as absent.
    """
    if not path.is_file() or not is_archive(path.name) or not path.stat().st_size:
        return None
    unpacked = _Unpacked(path)
    try:
        with path.open("rb") as stream:
            for one in unpack(stream, path.name, CAPS):
                unpacked.take(one)
    except Unreadable as error:
        raise OSError(errno.EIO, _WHY[str(error)], str(path)) from error
    return list(unpacked.handed())


@dataclass
class _Unpacked:
    """A temporary folder that lives as long as somebody may read from it, and what was refused on the way."""

    path: Path
    refused: list[tuple[str, str]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    files: Counter[str] = field(default_factory=Counter)
    bytes: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="grader-delivery-"))
        weakref.finalize(self, shutil.rmtree, self.root, ignore_errors=True)

    def take(self, one: Packed) -> None:
        """Write one file, or remember why not."""
        if any(is_leaving(piece) and piece != ".." for piece in one.name.split("/")):
            return
        reason = one.reason or self._too_much(one) or self._doubled(one)
        if reason:
            self.refused.append((one.name, reason))

    def handed(self) -> Iterator[Handed]:
        """What was handed in, with the remarks about what was refused."""
        told: dict[str, list[Remark]] = {}
        for name, reason in self.refused:
            remark = refused(self.path.name, as_text(name), reason)
            told.setdefault(self._claim(name), []).append(remark)
        for one in folder.read(self._top()) or ():
            yield replace(one, remarks=tuple(told.pop(one.student, ())), keeps=self)
        for student, remarks in told.items():
            if student:
                yield Handed(student, (), self.root, (remarks[0].detail["entry"],), tuple(remarks), self)

    def _too_much(self, one: Packed) -> str:
        student = self._claim(one.name)
        self.files[student] += 1
        self.bytes[student] += len(one.data)
        if self.files[student] > FILES_OF_ONE:
            return "too_many"
        return "too_large" if self.bytes[student] > BYTES_OF_ONE else ""

    def _doubled(self, one: Packed) -> str:
        """Write the file, unless there is one of that name already: then neither of the two counts."""
        key = unicodedata.normalize("NFC", one.name).casefold()
        before = self.places.get(key)
        if before is None:
            self.places[key] = one.name
            return self._write(one)
        place = self.root / before
        if place.is_file() and place.read_bytes() == one.data:
            return ""
        if place.is_file():
            place.unlink()
            self.refused.append((before, "duplicate"))
        return "duplicate"

    def _write(self, one: Packed) -> str:
        place = self.root / one.name
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            return "duplicate"  # a file where a folder should be, or the other way round
        with os.fdopen(descriptor, "wb") as file:
            file.write(one.data)
        changed = one.changed if one.changed is not None and 0 < one.changed < LATEST else 0
        os.utime(place, (changed, changed))
        return ""

    def _top(self) -> Path:
        """The folder of the students: below one that is called as the archive, if that is all there is."""
        entries = list(self.root.iterdir())
        wrapped = len(entries) == 1 and entries[0].is_dir() and self._is_wrapper(as_text(entries[0].name))
        return entries[0] if wrapped else self.root

    def _is_wrapper(self, name: str) -> bool:
        return identity(name) == identity(_COPY.sub("", self.path.name.split(".")[0]))

    def _claim(self, name: str) -> str:
        """The student whom a name in the archive would belong to; nobody where it only leads out."""
        pieces = [as_text(piece) for piece in name.split("/") if piece not in ("", "..")]
        if len(pieces) > 1 and self._is_wrapper(pieces[0]):
            pieces = pieces[1:]
        return pieces[0] if len(pieces) > 1 else student_of(pieces[0]) if pieces else ""
