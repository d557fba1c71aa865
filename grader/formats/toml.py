"""An answer sheet in TOML: a table per task; a text that defines functions, under whatever key, is code."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from grader.formats._fences import is_code
from grader.formats._headings import Asked
from grader.formats._text import text_of
from grader.model.submission import Remark, Source

MAX_CHARACTERS = 100_000
_KEY = r"(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+"
_LONG_KEY = re.compile(rf"(?<![\w-]){_KEY}(?:\.[ \t]*+{_KEY}){{32}}")
"""A key of so many parts is no answer, and the parser takes quadratic time and memory for it."""


def read(name: str, data: bytes, asked: Asked) -> Source | None:
    """Read an answer sheet (`.toml`); None where the name is not that of one."""
    if not name.lower().endswith(".toml"):
        return None
    text, remarks = text_of(name, data)
    if text is None:
        return Source(name, "sheet", remarks=remarks)
    try:
        answers, cells = _answers(text, asked)
    except (ValueError, RecursionError) as error:  # besides TOMLDecodeError: numbers of too many digits
        broken = Remark("broken_sheet", {"file": name, "message": str(error)[:200]})
        return Source(name, "sheet", remarks=(*remarks, broken))
    if not answers and not cells:
        remarks += (Remark("nothing_found", {"file": name, "tasks": ", ".join(asked)}),)
    return Source(name, "sheet", cells, answers, remarks)


def _answers(text: str, asked: Asked) -> tuple[dict[str, dict[str, str]], tuple[str, ...]]:
    if len(text) > MAX_CHARACTERS:
        raise ValueError(f"longer than {MAX_CHARACTERS} characters")
    if _LONG_KEY.search(text):
        raise ValueError("a key of too many parts")
    answers: dict[str, dict[str, str]] = {}
    cells: list[str] = []
    for name, value in tomllib.loads(text).items():
        task = name.lower()
        if task not in asked:
            continue
        for part, answer in _parts(value).items():
            if part not in asked[task] and is_code(answer):
                cells.append(answer)
            elif answer.strip():
                answers.setdefault(task, {})[part] = answer
    return answers, tuple(cells)


def _parts(value: Any) -> dict[str, str]:
    if isinstance(value, dict):
        return {part: _written(answer) for part, answer in value.items()}
    return {"": _written(value)}


def _written(value: Any) -> str:
    """A list of texts is a text of lines: the steps of a derivation."""
    if isinstance(value, list) and value and all(isinstance(line, str) for line in value):
        return "\n".join(value)
    return value if isinstance(value, str) else str(value)
