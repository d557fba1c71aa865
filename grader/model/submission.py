"""What a student handed in, as found."""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

from msgspec import Struct

Kind = Literal["script", "notebook", "sheet"]


class Remark(Struct, frozen=True):
    """Something the student should know about how the submission was read or repaired.

    `code` names a catalogue entry, `detail` fills its placeholders.
    """

    code: str
    detail: dict[str, str] = {}


class Source(Struct, frozen=True):
    """One readable file of a submission.

    A script has one cell, its whole text; a notebook has its code cells in order; a sheet has its pieces of code.
    `answers` are what the file states without being run (sheets, Markdown cells): task → part → text, with
    the part `""` for an answer to the task as a whole.
    """

    name: str
    kind: Kind
    cells: tuple[str, ...] = ()
    answers: dict[str, dict[str, str]] = {}
    remarks: tuple[Remark, ...] = ()


class Submission(Struct, frozen=True):
    """Everything one student handed in.

    `fingerprint` is the hash of the bytes as found, `remarks` say which files could not be read and why.
    """

    student: str
    fingerprint: str
    sources: tuple[Source, ...] = ()
    remarks: tuple[Remark, ...] = ()


def fingerprint_of(files: dict[str, bytes]) -> str:
    """Hash of names and contents, independent of the order of the files."""
    digest = sha256()
    for name in sorted(files):
        for piece in (name.encode(), files[name]):
            digest.update(len(piece).to_bytes(8, "big"))
            digest.update(piece)
    return digest.hexdigest()
