"""Files with ticks: a CSV table or TOML, as people fill them in, and the sheet that is given to them."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import Fault, UsageError
from grader.exporters.csv import unguarded
from grader.formats._text import text_of
from grader.workflow.delivery import nothing_at, table_rows

COLUMNS = ("student", "task", "part", "criterion", "met")
OPTIONAL = ("comment", "answer")
YES = frozenset({"yes", "y", "да", "д", "1", "+", "true", "✓", "истина"})
NO = frozenset({"no", "n", "нет", "н", "0", "-", "−", "false", "✗", "ложь"})


@dataclass(frozen=True)
class Row:
    """One decision as it stands in a file; `answer` is the fingerprint of the text, where the file has it."""

    line: int
    student: str
    task: str
    part: str
    criterion: str
    met: bool
    comment: str = ""
    answer: str = ""

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What the decision is about."""
        return self.student, self.task, self.part, self.criterion


def read_rows(file: Path) -> list[Row]:
    """Read the decisions of a CSV table or of a TOML file; rows that leave `met` empty decide nothing.

    Raises `UsageError` with every row that cannot be read.
    """
    faults: list[Fault] = []
    try:
        text, _ = text_of(file.name, file.read_bytes())
    except OSError:
        raise UsageError([nothing_at(file)]) from None
    found = _in_toml if file.suffix.lower() == ".toml" else _in_table
    rows = [
        row
        for line, cells in found(file, text or "", faults)
        if (row := _row(file, line, cells, faults)) is not None
    ]
    if faults:
        raise UsageError(faults)
    return rows


def _in_table(file: Path, text: str, faults: list[Fault]) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        (_, head), *rows = table_rows(text.removeprefix("\ufeff")) or [(1, [])]
    except csv.Error as error:
        faults.append(_unreadable(file, str(error)))
        return []
    columns = [name.strip().lower() for name in head]
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        faults.append(_unreadable(f"{file}:1", f"it has no column {', '.join(missing)}"))
        return []
    return [
        (line, {name: unguarded(cell.strip()) for name, cell in zip(columns, cells, strict=False)})
        for line, cells in rows
    ]


def _in_toml(file: Path, text: str, faults: list[Fault]) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        tables = tomllib.loads(text).get("tick", [])
    except (ValueError, RecursionError) as error:
        faults.append(_unreadable(file, str(error)))
        return []
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables) or not tables:
        faults.append(_unreadable(file, "it has no table [[tick]]"))
        return []
    heads = [n for n, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*tick\s*\]\]", line)]
    lines = [*heads, *[1] * len(tables)]  # tables that are written inline stand in no line of their own
    return [
        (line, {k: _word(v) for k, v in table.items()}) for line, table in zip(lines, tables, strict=False)
    ]


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _unreadable(place: Path | str, why: str) -> Fault:
    columns = ", ".join(COLUMNS)
    remedy = f"Give a CSV table with the columns {columns}, or TOML with a table [[tick]] for each decision."
    return Fault(str(place), "U150", f"is no file with ticks: {why}", remedy)


def _row(file: Path, line: int, cells: dict[str, str], faults: list[Fault]) -> Row | None:
    met = cells.get("met", "").casefold()
    if not met:
        return None
    if met not in YES | NO:
        remedy = "Write yes or no, да or нет, 1 or 0; leave it empty to decide later."
        faults.append(Fault(f"{file}:{line}", "U158", f"`met` says {cells['met']!r}", remedy))
        return None
    known = {name: cells.get(name, "") for name in (*COLUMNS, *OPTIONAL) if name != "met"}
    return Row(line, met=met in YES, **known)


def written_rows(rows: Iterable[Iterable[str]]) -> str:
    """A CSV table that spreadsheets open as it is meant: with a byte-order mark."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return "\ufeff" + stream.getvalue()
