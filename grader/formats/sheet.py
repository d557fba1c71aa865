"""An answer sheet in Markdown: a heading per task; functions stand in fenced blocks of Python."""

from __future__ import annotations

from grader.formats._fences import without_code
from grader.formats._headings import Asked, answers_under_headings
from grader.formats._text import text_of
from grader.model.submission import Remark, Source

MAX_BYTES = 1_000_000


def read(name: str, data: bytes, asked: Asked) -> Source | None:
    """Read an answer sheet (`.md`, `.markdown`, `.txt`); None where the name is not that of one."""
    if not name.lower().endswith((".md", ".markdown", ".txt")):
        return None
    if len(data) > MAX_BYTES:
        large = Remark("too_large", {"file": name, "megabytes": str(MAX_BYTES // 1_000_000)})
        return Source(name, "sheet", remarks=(large,))
    text, remarks = text_of(name, data)
    if text is None:
        return Source(name, "sheet", remarks=remarks)
    text, cells = without_code(text)
    answers = answers_under_headings(text, asked)
    if not answers and not cells:
        remarks += (Remark("nothing_found", {"file": name, "tasks": ", ".join(asked)}),)
    return Source(name, "sheet", cells, answers, remarks)
