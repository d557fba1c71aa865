"""The ledger loses nothing, whatever happens to whoever writes it."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import pytest
from msgspec import Raw

from grader.errors import InternalError, UsageError
from grader.ledger import Entry, Ledger, book
from grader.ledger.book import PUBLISHED
from grader.ledger.record import pack, unpack
from grader.model.gradebook import Record, Student
from grader.model.observation import Observation, Trouble
from grader.model.submission import Remark
from grader.model.verdict import Difference, Mark, Verdict

ROOT = Path(__file__).resolve().parents[3]
WRITER = """
import sys
from pathlib import Path
from tests.unit.ledger.test_book import entry_of
from grader.ledger import Ledger
with Ledger(Path(sys.argv[1])) as ledger:
    print("open", flush=True)
    number = int(sys.argv[2])
    while True:
        ledger.write(entry_of(number))
        print(number, flush=True)
        number += 1
"""


def entry_of(number: int, student: str = "") -> Entry:
    """An entry of some kilobytes whose fields all hold `number`."""
    word = str(number)
    student = student or f"student-{number:06}"
    record = Record(
        Student(student, "Ёжиков 🦔", "ru"),
        "marked",
        (
            Mark(
                "q1",
                Fraction(number, 3),
                Fraction(number),
                (
                    Verdict(
                        "q1",
                        "dW",
                        "misconception",
                        Fraction(number, 3),
                        Fraction(number),
                        ("code",),
                        {"sign": "up"},
                        ("q1.dz",),
                        ("", "large"),
                        2,
                        Difference("value", "[0, 1]", word, "nan", {"witness": "x = 1"}),
                        ("python2",),
                    ),
                ),
            ),
            Mark("q2", None, Fraction(1), (), "fault"),
        ),
        (Remark("wrong_encoding", {"file": "a\nb.py"}),),
        {
            "q1/dW/0": Observation("returned", Raw(b'"' + word.encode() * 500 + b'"'), modified=(0,)),
            "q1/dW/1": Observation(
                "raised", trouble=Trouble("ValueError", "\x1b[31m", (("a.py", 3, "x = 1"),))
            ),
        },
        word,
        "limits",
    )
    return Entry(student, word, word, word, record, "")


def test_a_record_is_kept_whole() -> None:
    """Exact fractions, raw values, odd texts: what is packed is unpacked, and packs to the same bytes."""
    record = entry_of(7).record
    assert unpack(pack(record)) == record
    assert pack(unpack(pack(record))) == pack(record)


def test_reopening_keeps_everything(tmp_path: Path) -> None:
    """Facts, entries and who belongs to the run are there for whoever opens the file next."""
    file = tmp_path / "ledger.sqlite"
    with Ledger(file) as ledger:
        ledger.note({"seed": "1", "name": "экзамен"})
        ledger.deliver(["b", "a", "c"])
        ledger.write(entry_of(1, "a"))
        ledger.write(entry_of(2, "b"))
        ledger.rendered("a", "page")
    with Ledger(file) as ledger:
        assert (ledger.fact("seed"), ledger.fact("name"), ledger.fact("nothing")) == ("1", "экзамен", None)
        assert ledger.delivered() == ["a", "b", "c"]
        assert ledger.fingerprints() == {"a": ("1", "1", "page", "marked"), "b": ("2", "2", "", "marked")}
        assert ledger.find("b") == entry_of(2, "b")
        assert ledger.find("c") is None


def test_entries_come_in_the_order_of_ids(tmp_path: Path) -> None:
    """Only those who belong to the run, sorted, one at a time."""
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        for number, student in enumerate(("c", "a", "ё", "b", "stranger")):
            ledger.write(entry_of(number, student))
        ledger.deliver(["a", "b", "c", "ё", "absent"])
        entries = ledger.entries()
        assert next(entries).student == "a"
        ledger.write(entry_of(9, "b"))
        assert [(entry.student, entry.submission) for entry in entries] == [
            ("b", "9"),
            ("c", "0"),
            ("ё", "2"),
        ]


def test_a_later_entry_replaces_an_earlier_one(tmp_path: Path) -> None:
    """A student has one entry; what was published before is out of date."""
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.write(entry_of(1, "a"))
        ledger.rendered("a", "page")
        ledger.note({PUBLISHED: "digest"})
        ledger.write(entry_of(2, "a"))
        assert ledger.find("a") == entry_of(2, "a")
        assert ledger.fact(PUBLISHED) is None


def test_students_may_have_any_name(tmp_path: Path) -> None:
    """Quotes, newlines and semicolons are texts like any other."""
    names = ["a'; DROP TABLE entry; --", "two\nlines", "", "𝒳", "a\0b"]
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        for number, name in enumerate(names):
            ledger.write(Entry(name, str(number), "", "", entry_of(number).record))
        assert [ledger.find(name).submission for name in names] == ["0", "1", "2", "3", "4"]  # type: ignore[union-attr]


def refused(file: Path) -> str:
    """The code of the only fault."""
    with pytest.raises(UsageError) as caught:
        Ledger(file)
    (fault,) = caught.value.faults
    assert fault.place == str(file)
    return fault.code


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    """A text file, a folder, a file in no folder, a cut-off file: a fault, and the file stays as it is."""
    text = tmp_path / "text"
    text.write_text("hello, this is no database\n" * 100)
    (tmp_path / "folder").mkdir()
    assert [refused(text), refused(tmp_path / "folder"), refused(tmp_path / "no" / "file")] == ["U110"] * 3
    assert text.read_text().startswith("hello")


def test_a_ledger_that_cannot_be_read_is_not_to_be_moved_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk and a file that may not be written: its marks are not lost, and nobody is told to leave them."""
    file = tmp_path / "ledger.sqlite"
    with Ledger(file):
        pass
    monkeypatch.setattr(
        book, "_TABLES", "SELECT * FROM nowhere"
    )  # an error of the operation, not of the file
    with pytest.raises(UsageError) as caught:
        Ledger(file)
    assert "the same command then goes on" in caught.value.faults[0].remedy


def test_a_ledger_of_another_layout_is_refused(tmp_path: Path) -> None:
    """A file that a later version wrote is left alone."""
    file = tmp_path / "ledger.sqlite"
    with Ledger(file) as ledger:
        ledger.note({"layout": "99"})
    assert refused(file) == "U111"


def test_a_locked_ledger_is_our_trouble(tmp_path: Path) -> None:
    """Where the file cannot be written, an error says that nothing is lost; there is no traceback of a database."""
    file = tmp_path / "ledger.sqlite"
    with Ledger(file) as ledger:
        ledger.write(entry_of(1, "a"))
        ledger._database.execute("PRAGMA busy_timeout = 1")
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(InternalError, match="database is locked; nothing is lost"):
            ledger.write(entry_of(2, "a"))
        other.close()
        assert ledger.find("a") == entry_of(1, "a")


def test_a_failure_within_a_transaction_undoes_it(tmp_path: Path) -> None:
    """Either everyone is delivered or nobody is."""

    def students() -> object:
        yield "b"
        raise ZeroDivisionError

    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.deliver(["a"])
        with pytest.raises(ZeroDivisionError):
            ledger.deliver(students())  # type: ignore[arg-type]
        assert ledger.delivered() == ["a"]


def test_being_killed_loses_nothing_that_was_written(tmp_path: Path) -> None:
    """After twenty `kill -9` at random moments the ledger opens, and every entry it has is whole.

    What the writer has said to be written is there; at most the entry after it is there, too.
    """
    file, moments = tmp_path / "ledger.sqlite", random.Random(time.time_ns())
    number = 0
    for _ in range(20):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file), str(number)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        time.sleep(moments.uniform(0.0, 0.05))
        writer.send_signal(signal.SIGKILL)
        said = [int(line) for line in writer.communicate()[0].split()]
        with Ledger(file) as ledger:
            known = sorted(ledger.fingerprints())
            for student in known[-50:]:
                whole = int(student.removeprefix("student-"))
                assert ledger.find(student) == entry_of(whole)
        assert known == [f"student-{n:06}" for n in range(len(known))]
        assert len(known) - (said[-1] + 1 if said else number) in (0, 1)
        number = len(known)
    assert number
