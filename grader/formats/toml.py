"""An answer sheet in TOML: a table per task."""

from __future__ import annotations

import tomllib
from typing import Any

from grader.formats._headings import Asked
from grader.formats._text import text_of
from grader.model.submission import Remark, Source


def read(name: str, data: bytes, asked: Asked) -> Source | None:
    """Read an answer sheet (`.toml`); None where the name is not that of one."""
    if not name.lower().endswith(".toml"):
        return None
    text, remarks = text_of(name, data)
    try:
        table = tomllib.loads(text or "")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        broken = Remark("broken_sheet", {"file": name, "message": str(error)[:200]})
        return Source(name, "sheet", remarks=(*remarks, broken))
    answers = {
        task.lower(): _parts(value) for task, value in table.items() if task.lower() in asked and value != {}
    }
    if not answers:
        remarks += (Remark("nothing_found", {"file": name, "tasks": ", ".join(asked)}),)
    return Source(name, "sheet", (), answers, remarks)


def _parts(value: Any) -> dict[str, str]:
    if isinstance(value, dict):
        return {part: _written(answer) for part, answer in value.items()}
    return {"": _written(value)}


def _written(value: Any) -> str:
    return value if isinstance(value, str) else str(value)
