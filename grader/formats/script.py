"""A Python script: `name.py`."""

from __future__ import annotations

from grader.formats._headings import Asked
from grader.formats._text import text_of
from grader.model.submission import Remark, Source


def read(name: str, data: bytes, asked: Asked) -> Source | None:
    """Read a script; None where the name is not that of one."""
    if not name.lower().endswith(".py"):
        return None
    text, remarks = text_of(name, data)
    if text is None:
        if any(remark.code == "not_text" for remark in remarks):
            remarks += (Remark("not_python", {"file": name}),)
        return Source(name, "script", remarks=remarks)
    return Source(name, "script", (text,), remarks=remarks)
