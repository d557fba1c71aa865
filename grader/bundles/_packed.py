"""What is in an archive, entry by entry, and why some of it is not taken out.

Nothing is believed but bytes that were counted: names are checked before anything is done with them, links and
devices are never made, and what unpacks to far more than it weighs is left where it is.
"""

from __future__ import annotations

import gzip
import os
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from grader.model.submission import Remark

NAMES = (".zip", ".tar", ".tar.gz", ".tgz")
RATIO = 200
"""An entry that unpacks to more than this many times its size is a bomb, unless it stays below `HARMLESS`."""
HARMLESS = 2_000_000
LONGEST_PATH, LONGEST_PIECE, DEEPEST = 1000, 240, 20
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")
_HEADER, _DIRECTORY_ENTRY = 1 << 20, 46
_TIMESTAMP = 0x5455
_DAMAGED = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    OverflowError,
    RuntimeError,  # a password; too deep a chain of headers
    NotImplementedError,
    struct.error,
    OSError,
)


class Unreadable(Exception):  # noqa: N818 - named after what is wrong with it
    """The archive as a whole is not read on; the message is the reason's code."""


@dataclass(frozen=True)
class Caps:
    """How many entries are looked at, and bytes of one entry and of all of them that are unpacked."""

    entries: int
    file_bytes: int
    total_bytes: int


@dataclass(frozen=True)
class Packed:
    """One file of an archive: its name with `/` between pieces, and its bytes or the reason why it is refused.

    `changed` is when it was changed last, in seconds of the epoch; None where the archive does not say.
    """

    name: str
    data: bytes = b""
    reason: str = ""
    changed: float | None = None


def is_archive(name: str) -> bool:
    """Whether a file of such a name is one."""
    return name.lower().endswith(NAMES)


def refused(archive: str, entry: str, reason: str) -> Remark:
    """What a student reads about a file that was left in an archive, or, without one, about the archive."""
    if not entry:
        return Remark("refused_archive", {"file": archive, "reason": reason})
    return Remark("refused_file", {"file": archive, "entry": entry, "reason": reason})


def unpack(stream: BinaryIO, name: str, caps: Caps) -> Iterator[Packed]:
    """Yield the files of an archive, in its order. Raises `Unreadable`."""
    entries = _zipped if name.lower().endswith(".zip") else _tarred
    left = caps.total_bytes
    try:
        for number, one in enumerate(entries(stream, name, caps)):
            if number == caps.entries:
                raise Unreadable("too_many")
            left -= len(one.data)
            if left < 0:
                raise Unreadable("too_large")
            yield one
    except _DAMAGED as error:
        raise Unreadable("damaged") from error


def problem_of(name: str) -> str:
    """The reason why a file of this name is not taken out, or nothing."""
    pieces = name.split("/")
    if name.startswith("/") or _DRIVE.match(name) or ".." in pieces:
        return "outside"
    bad = len(os.fsencode(name)) > LONGEST_PATH or len(pieces) > DEEPEST
    return "name" if bad or any(_is_bad(piece) for piece in pieces) else ""


def _is_bad(piece: str) -> bool:
    """Names that mean something to a system, a shell or a terminal."""
    return bool(
        not piece.strip()
        or piece.startswith("-")
        or piece.endswith((".", " "))
        or len(os.fsencode(piece)) > LONGEST_PIECE
        or any(character < " " or character == "\x7f" for character in piece)
        or RESERVED.fullmatch(piece)
    )


def _plain(name: str) -> str:
    """A name as it would be on this machine: one kind of separator, no pieces that lead nowhere."""
    name = name.replace("\\", "/")
    start = "/" if name.startswith("/") else ""
    return start + "/".join(piece for piece in name.split("/") if piece not in ("", "."))


def _zipped(stream: BinaryIO, name: str, caps: Caps) -> Iterator[Packed]:
    _refuse_long_directory(stream, caps)
    with zipfile.ZipFile(stream) as archive:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            named = _plain(_zip_name(entry))
            reason = _zip_problem(entry, caps) or problem_of(named)
            if reason:
                yield Packed(named, reason=reason)
                continue
            try:
                with archive.open(entry) as file:
                    data = file.read(caps.file_bytes + 1)
            except _DAMAGED:
                yield Packed(named, reason="damaged")
                continue
            yield Packed(named, data, changed=_zip_time(entry))


def _zip_problem(entry: zipfile.ZipInfo, caps: Caps) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "link"
    if kind not in (0, stat.S_IFREG):
        return "device"
    if entry.flag_bits & 1:
        return "encrypted"
    # other ways of packing may ask for any amount of memory
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "damaged"
    if entry.file_size > caps.file_bytes:
        return "too_large"
    return "bomb" if entry.file_size > max(HARMLESS, RATIO * entry.compress_size) else ""


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """The name in the alphabet of the machine that packed it: old ones did not say which."""
    name = entry.orig_filename
    if entry.flag_bits & 0x800:
        return name
    raw = name.encode("cp437", "replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp866")


def _zip_time(entry: zipfile.ZipInfo) -> float | None:
    """The extended timestamp where there is one, else the local time, to two seconds, of a machine taken for ours."""
    extra = entry.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == _TIMESTAMP and size >= 5 and extra[4] & 1:
            return float(struct.unpack("<l", extra[5:9])[0]) if len(extra) >= 9 else None
        extra = extra[4 + size :]
    try:
        return datetime(*entry.date_time).timestamp()
    except (ValueError, OverflowError, OSError):  # month 0, or second 62
        return None


def _refuse_long_directory(stream: BinaryIO, caps: Caps) -> None:
    """All of a directory is read before any of its entries: look first how long it says that it is."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - (1 << 16) - 22))
    tail = stream.read()
    end = tail.rfind(b"PK\5\6")
    stream.seek(0)
    if end < 0 or len(tail) < end + 22:
        raise Unreadable("damaged")
    (length,) = struct.unpack("<L", tail[end + 12 : end + 16])
    if min(length, size) > caps.entries * (_DIRECTORY_ENTRY + LONGEST_PATH):
        raise Unreadable("too_many")


def _tarred(stream: BinaryIO, name: str, caps: Caps) -> Iterator[Packed]:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    packed = not name.lower().endswith(".tar")
    most = max(HARMLESS, RATIO * size) if packed else size
    source = _Counted(gzip.GzipFile(fileobj=stream) if packed else stream, most, caps.file_bytes)
    with tarfile.open(fileobj=source, mode="r:", errorlevel=0) as archive:  # type: ignore[call-overload]
        while (entry := archive.next()) is not None:
            archive.members.clear()
            if entry.isdir():
                continue
            named = _plain(entry.name)
            reason = _tar_problem(entry, caps) or problem_of(named)
            file = None if reason else archive.extractfile(entry)
            data = b"" if file is None else file.read()
            yield Packed(named, data, reason, entry.mtime)


def _tar_problem(entry: tarfile.TarInfo, caps: Caps) -> str:
    if entry.issym() or entry.islnk():
        return "link"
    if not entry.isreg() or entry.issparse():
        return "device"
    return "too_large" if entry.size > caps.file_bytes else ""


class _Counted:
    """A stream that refuses to go further than `most` bytes, or to give more than `at_once`."""

    def __init__(self, stream: BinaryIO | gzip.GzipFile, most: int, at_once: int) -> None:
        self.stream = stream
        self.most = most
        self.at_once = max(at_once, _HEADER)

    def read(self, size: int = -1) -> bytes:
        """Read `size` bytes, but not all there is."""
        if size < 0 or size > self.at_once:
            raise Unreadable("too_large")
        data = self.stream.read(size)
        self._look()
        return data

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        """Go on to a place."""
        if place > self.most:
            raise Unreadable("bomb")
        return self.stream.seek(place, whence)

    def tell(self) -> int:
        """Where we are."""
        return self.stream.tell()

    def close(self) -> None:
        """Leave the stream to whoever opened it."""

    def _look(self) -> None:
        if self.stream.tell() > self.most:
            raise Unreadable("bomb")
