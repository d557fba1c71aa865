"""What a person has decided about a text."""

from __future__ import annotations

from hashlib import sha256

from msgspec import Struct


class Tick(Struct, frozen=True):
    """One criterion of one student's text, ticked or crossed.

    `answer` is the fingerprint of the text that was read: a tick holds for no other.
    """

    task: str
    part: str
    criterion: str
    met: bool
    comment: str = ""
    answer: str = ""


def fingerprint_of_text(encoded: bytes) -> str:
    """A short hash of an encoded answer, to tell whether it is the one that was read."""
    return sha256(encoded).hexdigest()[:12]
