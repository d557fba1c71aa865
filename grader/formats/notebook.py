"""A Jupyter notebook: `name.ipynb`. Stored outputs, metadata and cell ids are ignored."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast

from grader.formats._headings import Asked, answers_under_headings
from grader.formats._text import text_of
from grader.model.submission import Remark, Source

GIVEN = "grader_given"
"""Marks, in a cell's metadata, what was given to students: a statement is no answer, even if it reads like one."""
MAX_CELLS = 2000
MAX_NESTED, MAX_TEXTS = 500_000, 2_000_000
"""Lists and objects, and texts, of one notebook: each takes many times more memory than it takes on the disk."""
MAX_WRITTEN, MAX_LINE = 1_000_000, 10_000
"""Characters of all Markdown in which answers are looked for; longer lines are pictures."""


def read(name: str, data: bytes, asked: Asked) -> Source | None:
    """Read a notebook of any version; None where the name is not that of one."""
    if not name.lower().endswith(".ipynb"):
        return None
    text, remarks = text_of(name, data)
    if text is None:
        return Source(name, "notebook", remarks=remarks)
    if text.count("[") + text.count("{") > MAX_NESTED or text.count('"') > 2 * MAX_TEXTS:
        return Source(name, "notebook", remarks=(*remarks, Remark("too_complex", {"file": name})))
    try:
        cells = _cells(text)
    except Exception as error:  # noqa: BLE001 - JSON of any shape, and old versions are converted by a library
        broken = Remark("broken_notebook", {"file": name, "message": _why(error)})
        return Source(name, "notebook", remarks=(*remarks, broken))
    if len(cells) > MAX_CELLS:
        remarks += (Remark("too_many_cells", {"file": name, "count": str(len(cells))}),)
        cells = cells[:MAX_CELLS]
    written = _written(text for kind, text in cells if kind == "markdown")
    code = tuple(text for kind, text in cells if kind == "code")
    return Source(name, "notebook", code, answers_under_headings(written, asked, named_only=True), remarks)


def _cells(text: str) -> list[tuple[str, str]]:
    """(kind, text) of each cell. Nothing is validated: damaged notebooks are common, and cells are what counts."""
    data: Any = json.loads(text)
    if data.get("nbformat", 4) < 4:
        data = _modern(text)
    return [(cell["cell_type"], _joined(cell.get("source"))) for cell in data["cells"] if _is_cell(cell)]


def _written(texts: Iterable[str]) -> str:
    lines = (line for text in texts for line in text.split("\n") if len(line) <= MAX_LINE)
    return "\n".join(lines)[:MAX_WRITTEN]


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        return False
    metadata = cell.get("metadata")
    return not (isinstance(metadata, dict) and metadata.get(GIVEN) is True)


def _joined(source: Any) -> str:
    """The text of a cell, without the halves of surrogate pairs that JSON can spell and files cannot hold."""
    text = (
        source if isinstance(source, str) else "".join(map(str, source if isinstance(source, list) else ()))
    )
    return text.encode("utf-8", "replace").decode()


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}"
    return type(error).__name__


def _modern(text: str) -> Any:
    from nbformat import convert, reader  # noqa: PLC0415 - slow to import, and for notebooks from before 2015 only

    # read by the old version itself: what is converted must have its lines joined
    return cast(Any, convert)(cast(Any, reader).reads(text), 4)
