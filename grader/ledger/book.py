"""The ledger: one SQLite file per run.

`kill -9` at any moment loses at most the submission that was being marked: each is one transaction, and a
journal that a killed run leaves behind is rolled forward or back by the next one that opens the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from msgspec.structs import astuple

from grader.errors import Fault, InternalError, UsageError
from grader.ledger.record import pack, unpack
from grader.model.gradebook import Record
from grader.model.tick import Tick

LAYOUT = "1"
PUBLISHED = "published"
"""The fact that says which entries stand in the gradebook; writing an entry withdraws it."""
_TABLES = """
CREATE TABLE IF NOT EXISTS run (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS delivered (student TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entry (
    student TEXT PRIMARY KEY,
    submission TEXT NOT NULL,
    assignment TEXT NOT NULL,
    posed TEXT NOT NULL,
    status TEXT NOT NULL,
    record BLOB NOT NULL,
    page TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS tick (
    student TEXT NOT NULL,
    task TEXT NOT NULL,
    part TEXT NOT NULL,
    criterion TEXT NOT NULL,
    met INTEGER NOT NULL,
    comment TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (student, task, part, criterion)
) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Entry:
    """What the ledger knows of one student.

    `submission`, `assignment` and `posed` are the fingerprints of what was handed in, of the assignment that
    judged it, and of the inputs that were posed; `page` is that of the page that was rendered, if any.
    """

    student: str
    submission: str
    assignment: str
    posed: str
    record: Record
    page: str = ""


class Ledger:
    """Opens or creates the ledger of a run. Use as a context manager."""

    def __init__(self, file: Path) -> None:
        """Raises `UsageError` where `file` is something else than a ledger of this layout."""
        self.file = file
        self._database = _opened(file)
        layout = self.fact("layout")
        if layout is None:
            self.note({"layout": LAYOUT})
        elif layout != LAYOUT:
            self._database.close()
            remedy = "Use the version of grader that wrote it, or grade into another folder."
            raise UsageError([Fault(str(file), "U111", f"has the layout {layout}, not {LAYOUT}", remedy)])

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def fact(self, key: str) -> str | None:
        """A fact about the run, such as the assignment's folder."""
        row = self._database.execute("SELECT value FROM run WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def note(self, facts: dict[str, str]) -> None:
        """Write down facts about the run."""
        with self._transaction():
            self._database.executemany("INSERT OR REPLACE INTO run VALUES (?, ?)", facts.items())

    def deliver(self, students: Iterable[str]) -> None:
        """Say who belongs to the run now; entries of others stay but are not shown."""
        with self._transaction():
            self._database.execute("DELETE FROM delivered")
            self._database.executemany("INSERT INTO delivered VALUES (?)", ((s,) for s in students))

    def find(self, student: str) -> Entry | None:
        """The entry of a student."""
        row = self._database.execute("SELECT * FROM entry WHERE student = ?", (student,)).fetchone()
        return _entry(row) if row else None

    def fingerprints(self) -> dict[str, tuple[str, str, str, str]]:
        """Student → fingerprints of submission, assignment and page, and the record's status."""
        rows = self._database.execute("SELECT student, submission, assignment, page, status FROM entry")
        return {student: tuple(rest) for student, *rest in rows}

    def write(self, entry: Entry) -> None:
        """Keep an entry, in a transaction of its own; an earlier one of the same student is replaced.

        What was published before is then out of date.
        """
        with self._transaction():
            self._database.execute("DELETE FROM run WHERE key = ?", (PUBLISHED,))
            self._database.execute(
                "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    entry.student,
                    entry.submission,
                    entry.assignment,
                    entry.posed,
                    entry.record.status,
                    pack(entry.record),
                    entry.page,
                ),
            )

    def rendered(self, student: str, page: str) -> None:
        """Note that the page with this fingerprint stands in the folder."""
        with self._transaction():
            self._database.execute("UPDATE entry SET page = ? WHERE student = ?", (page, student))

    def tick(self, ticks: Mapping[str, Iterable[Tick]]) -> None:
        """Keep what people have decided about the texts of students, all of it or nothing."""
        rows = [(student, *astuple(tick)) for student, several in ticks.items() for tick in several]
        with self._transaction():
            self._database.executemany("INSERT OR REPLACE INTO tick VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def ticks(self, student: str) -> tuple[Tick, ...]:
        """What people have decided about the texts of a student."""
        rows = self._database.execute(
            "SELECT task, part, criterion, met, comment, answer FROM tick WHERE student = ?", (student,)
        )
        return tuple(
            Tick(task, part, criterion, bool(met), comment, answer)
            for task, part, criterion, met, comment, answer in rows
        )

    def delivered(self) -> list[str]:
        """Ids of everyone who belongs to the run, in order."""
        return [row[0] for row in self._database.execute("SELECT student FROM delivered ORDER BY student")]

    def entries(self) -> Iterator[Entry]:
        """Entries of everyone who belongs to the run, in the order of their ids, one at a time."""
        for student in self.delivered():
            entry = self.find(student)
            if entry is not None:
                yield entry

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._database.execute("BEGIN IMMEDIATE")
            with self._database:
                yield
        except sqlite3.OperationalError as error:
            raise InternalError(
                f"{self.file} cannot be written: {error}; nothing is lost, try again"
            ) from error


def _opened(file: Path) -> sqlite3.Connection:
    with ExitStack() as opened:
        try:
            database = opened.enter_context(closing(sqlite3.connect(file, isolation_level=None)))
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.executescript(_TABLES)
        except sqlite3.DatabaseError as error:
            remedy = "Give another folder with -o, or move the file away."
            if isinstance(error, sqlite3.OperationalError) and file.is_file():
                remedy = "See that the disk has room and that the file may be written; the same command then goes on."
            problem = f"cannot be opened as a ledger: {error}"
            raise UsageError([Fault(str(file), "U110", problem, remedy)]) from error
        opened.pop_all()
        return database


def _entry(row: tuple[str, str, str, str, str, bytes, str]) -> Entry:
    student, submission, assignment, posed, _status, record, page = row
    return Entry(student, submission, assignment, posed, unpack(record), page)
