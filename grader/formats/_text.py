"""Bytes as text: what students' editors write, and how to say so when it is something else."""

from __future__ import annotations

import codecs
import re

from grader.model.submission import Remark

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_NOT_FOR_FILES = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""Codecs that nobody saves a file in; some take quadratic time, some turn plain text into other text."""
FALLBACK = "cp1251"


def text_of(name: str, data: bytes) -> tuple[str | None, tuple[Remark, ...]]:
    """Decode a file: a byte-order mark, a coding cookie, UTF-8, else Windows Cyrillic with a remark.

    An unknown cookie is passed over. Line ends become those of Unix. None, with a remark, where nothing is written
    in the file, or its bytes are no text at all.
    """
    if b"\0" in data and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None, (Remark("not_text", {"file": name}),)
    encoding = _declared(data)
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError):
        text = data.decode(FALLBACK, errors="replace")
        if not _looks_like_text(text):
            return None, (Remark("not_text", {"file": name}),)
        return _unix(text), (Remark("wrong_encoding", {"file": name, "encoding": FALLBACK}),)
    if not text.strip():
        return None, (Remark("empty_file", {"file": name}),)
    return _unix(text), ()


def _declared(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for line in data.split(b"\n", 2)[:2]:
        cookie = _COOKIE.match(line)
        if cookie and not data.startswith(codecs.BOM_UTF8):
            return _usual(cookie[1].decode("ascii", "replace"))
    return "utf-8-sig"


def _usual(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        b"#".decode(name)  # refuses codecs between bytes and bytes, such as zlib
    except (LookupError, UnicodeError):
        return "utf-8-sig"
    return "utf-8-sig" if name.replace("_", "-") in _NOT_FOR_FILES else name


def _looks_like_text(text: str) -> bool:
    strange = sum((c < " " and c not in "\t\n\r\f") or c == "\ufffd" for c in text)
    return strange * 50 <= len(text)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
