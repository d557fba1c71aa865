"""The table of an assignment's scores, kept up to date in a page of documentation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from grader.errors import Fault, UsageError
from grader.model.proof import Figure
from grader.workflow.publishing import write_atomically

BEGIN, END = "<!-- scores -->\n", "<!-- end of scores -->"
COLUMNS = {
    "mistakes": "mistakes",
    "distinct": "variants",
    "mutants": "mutants",
    "killed": "killed",
    "accepted": "another convention",
    "equivalent": "marked equivalent",
    "survivors": "survive",
}
COUNTED = 200
"""Variants of a task are counted up to here."""


def write_table(file: Path, figures: Iterable[Figure]) -> None:
    """Write a row for each task of `figures` between the marks of `file`, by name; rows of other tasks stay.

    Raises `UsageError` where the file is not there or has no such marks.
    """
    text = file.read_text("utf-8") if file.is_file() else ""
    before, begin, rest = text.partition(BEGIN)
    old, end, after = rest.partition(END)
    if not begin or not end:
        remedy = f"Give a page with the lines `{BEGIN.strip()}` and `{END}`."
        raise UsageError([Fault(str(file), "U132", "there is no place for a table of scores", remedy)])
    rows = dict(_rows_of(old))
    for task, found in _by_task(figures).items():
        rows[task] = _row(task, found)
    text = table(rows[task] for task in sorted(rows, key=_counted))
    write_atomically(file, "".join([before, BEGIN, text, END, after]))


def _counted(name: str) -> list[str | int]:
    """Sorts q2 before q10."""
    return [int(piece) if piece.isdecimal() else piece for piece in re.split(r"(\d+)", name)]


def table(rows: Iterable[str]) -> str:
    """A table in Markdown."""
    headings = ["task", *COLUMNS.values(), "score", "least margin"]
    return "\n".join([_line(headings), _line(["---"] * len(headings)), *rows, ""])


def _by_task(figures: Iterable[Figure]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for figure in figures:
        found.setdefault(figure.task, {})[figure.name] = figure.value
    return found


def _row(task: str, found: dict[str, float]) -> str:
    cells = [_number(found.get(name)) for name in COLUMNS]
    if found.get("distinct", 0) >= COUNTED:
        cells[1] = f"{COUNTED} of {COUNTED}"
    told = found.get("killed", 0) + found.get("survivors", 0)
    score = f"{100 * found.get('killed', 0) / told:.0f} %" if told else "—"
    return _line([f"`{task}`", *cells, score, _margin(found.get("margin"))])


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:g}"


def _margin(power: float | None) -> str:
    if power is None:
        return "—"
    return "exact" if power >= 16 else f"10^{power:g}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rows_of(text: str) -> Iterable[tuple[str, str]]:
    for line in text.splitlines():
        if line.startswith("| `"):
            yield line.split("`")[1], line
