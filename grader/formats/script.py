"""A Python script: `name.py`."""

from __future__ import annotations

from grader.formats._headings import Asked
from grader.formats._text import text_of
from grader.model.submission import Remark, Source


def read(name: str, data: bytes, asked: Asked) -> Source | None:
    """Read a script; None where the name is not that of one."""
    if not name.lower().endswith(".py"):
        return None
    if not data.strip():
        return Source(name, "script", remarks=(Remark("empty_file", {"file": name}),))
    text, remarks = text_of(name, data)
    if text is None:
        return Source(name, "script", remarks=(*remarks, Remark("not_python", {"file": name})))
    return Source(name, "script", (text,), remarks=remarks)
