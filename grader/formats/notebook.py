"""A Jupyter notebook: `name.ipynb`. Stored outputs, metadata and cell ids are ignored."""

from __future__ import annotations

import json
from typing import Any, cast

from grader.formats._headings import Asked, answers_under_headings
from grader.formats._text import text_of
from grader.model.submission import Remark, Source

MAX_CELLS = 2000


def read(name: str, data: bytes, asked: Asked) -> Source | None:
    """Read a notebook of any version; None where the name is not that of one."""
    if not name.lower().endswith(".ipynb"):
        return None
    if not data.strip():
        return Source(name, "notebook", remarks=(Remark("empty_file", {"file": name}),))
    text, remarks = text_of(name, data)
    try:
        cells = _cells(text or "")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        broken = Remark("broken_notebook", {"file": name, "message": _why(error)})
        return Source(name, "notebook", remarks=(*remarks, broken))
    if len(cells) > MAX_CELLS:
        remarks += (Remark("too_many_cells", {"file": name, "count": str(len(cells))}),)
        cells = cells[:MAX_CELLS]
    written = "\n".join(text for kind, text in cells if kind == "markdown")
    code = tuple(text for kind, text in cells if kind == "code")
    return Source(name, "notebook", code, answers_under_headings(written, asked, named_only=True), remarks)


def _cells(text: str) -> list[tuple[str, str]]:
    """(kind, text) of each cell. Nothing is validated: damaged notebooks are common, and cells are what counts."""
    data: Any = json.loads(text)
    if data.get("nbformat", 4) < 4:
        data = _modern(data)
    return [(str(cell["cell_type"]), _joined(cell.get("source", ""))) for cell in data["cells"]]


def _joined(source: Any) -> str:
    return source if isinstance(source, str) else "".join(str(line) for line in source)


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}"
    return type(error).__name__


def _modern(data: Any) -> Any:
    import nbformat  # noqa: PLC0415 - slow to import, and needed for notebooks from before 2015 only

    convert, from_dict = cast(Any, nbformat.convert), cast(Any, nbformat.from_dict)
    return convert(from_dict(data), 4)
