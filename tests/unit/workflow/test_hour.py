"""The hour: who was late, what it costs, exactly; and where the times come from."""

from __future__ import annotations

import csv
import json
import os
import tarfile
import zipfile
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from grader.author.exam import Hour
from grader.author.tickets import Ticket, Tickets, written
from grader.cli import cli
from grader.errors import UsageError
from grader.judge.lateness import lateness
from grader.ledger import Ledger
from grader.model.gradebook import Lateness, Record, Student
from grader.workflow.grading import Request, grade
from grader.workflow.opening import LEDGER
from grader.workflow.remarking import remark
from tests.courses import DECISIONS, course

START = datetime.fromisoformat("2026-12-01T10:00:00+03:00")
TASK = """
from grader.comparators.value import Value

v = Answer("v", 10, Value())
task = Task(parts=[v])


@v.oracle
def right():
    return 7
"""
HOUR = """
[hour]
start = 2026-12-01T10:00:00+03:00
minutes = 60
grace_minutes = 2
mark_per_late_minute = "1/3"
cut_off_minutes = 15
"""


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """One question worth ten points, and an hour."""
    return course(tmp_path / "exam", toml=DECISIONS + HOUR, q1=TASK)


def hand_in(exam: Path, student: str, minutes: float) -> Path:
    """Hand in the right answer so many minutes after the start."""
    folder = exam.parent / "delivery"
    folder.mkdir(exist_ok=True)
    file = folder / f"{student}.md"
    file.write_text("q1_v = 7\n", "utf-8")
    moment = (START + timedelta(minutes=minutes)).timestamp()
    os.utime(file, (moment, moment))
    return file


def graded(exam: Path, delivery: Path | None = None, **more: Path) -> dict[str, Record]:
    """Grade, and give the records by student."""
    run = exam.parent / "run"
    request = Request(str(exam), delivery or exam.parent / "delivery", run, **more)  # type: ignore[arg-type]
    grade(request, lambda done, total, student: None, "A")
    with Ledger(run / LEDGER) as ledger:
        return {entry.student: entry.record for entry in ledger.entries()}


def late(records: dict[str, Record]) -> dict[str, tuple[int, Fraction | None]]:
    """(minutes late, total) by student."""
    return {s: (r.late.minutes if r.late else 0, r.points) for s, r in records.items()}


def test_each_minute_that_has_begun_costs(exam: Path) -> None:
    """In time, in the minutes of grace, late, and too late; to the fraction of a point."""
    for student, minutes in {"a": 30, "b": 62, "c": 62.1, "d": 67, "e": 77, "f": 77.1}.items():
        hand_in(exam, student, minutes)
    assert late(graded(exam)) == {
        "a": (0, 10),
        "b": (0, 10),
        "c": (1, Fraction(29, 3)),
        "d": (5, Fraction(25, 3)),
        "e": (15, 5),
        "f": (16, 0),
    }


def test_it_is_said_on_the_page_and_in_the_gradebook(exam: Path) -> None:
    """The minutes and what they cost; the marks of the tasks stay as they are."""
    hand_in(exam, "d", 67)
    hand_in(exam, "f", 90)
    graded(exam)
    run = exam.parent / "run"
    with (run / "gradebook.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["student"]: row for row in csv.DictReader(stream)}
    assert [(row["q1"], row["total"], row["late"]) for row in rows.values()] == [
        ("10", "8.33", "5"),
        ("10", "0", "28"),
    ]
    first, second = json.loads((run / "gradebook.json").read_text("utf-8"))["students"]
    assert (first["total"], first["late"]) == ("25/3", {"minutes": 5, "deduction": "5/3", "refused": False})
    assert (first["handed_in"], second["late"]["refused"]) == ("2026-12-01T11:07:00+03:00", True)
    page = (run / "feedback" / "d.html").read_text("utf-8")
    assert "Handed in late: 5 minutes after the end. Taken off the total: 1.67 points." in page
    assert "so late does not count" in (run / "feedback" / "f.html").read_text("utf-8")


def test_some_have_more_time(exam: Path) -> None:
    """A roster grants single students minutes, and so do tickets."""
    hand_in(exam, "a", 80)
    hand_in(exam, "b", 80)
    roster = exam.parent / "roster.csv"
    roster.write_text("student,extra_minutes\na,30\nb,\n", "utf-8")
    assert late(graded(exam, roster=roster)) == {"a": (0, 10), "b": (18, 0)}
    tickets = exam.parent / "tickets.toml"
    held = (Ticket("a", ("q1",)), Ticket("b", ("q1",), extra_minutes=15))
    tickets.write_text(written(Tickets("exam", start=START, ticket=held)), "utf-8")
    assert late(graded(exam, tickets=tickets)) == {"a": (18, 0), "b": (3, 9)}


def test_tickets_say_when_it_begins(tmp_path: Path) -> None:
    """Without a start in the assignment nobody is late; tickets that were dealt with one set it."""
    exam = course(tmp_path / "exam", toml=DECISIONS + HOUR.replace("start", "# start"), q1=TASK)
    hand_in(exam, "a", 65)
    assert late(graded(exam)) == {"a": (0, 10)}
    tickets = tmp_path / "tickets.toml"
    tickets.write_text(written(Tickets("exam", start=START, ticket=(Ticket("a", ("q1",)),))), "utf-8")
    assert late(graded(exam, tickets=tickets)) == {"a": (3, 9)}


def test_a_table_of_times_overrides_the_files(exam: Path) -> None:
    """With and without an offset; who is not in the table is not late."""
    for student in ("a", "b", "c"):
        hand_in(exam, student, 1000)
    times = exam.parent / "times.csv"
    times.write_text(
        "student;time\nA;2026-12-01T08:05:00+00:00\nb;2026-12-01 11:03:00\nzoe;2026-12-01\n", "utf-8"
    )
    assert late(graded(exam, times=times)) == {"a": (3, 9), "b": (1, Fraction(29, 3)), "c": (0, 10)}


def test_judging_again_keeps_the_time(exam: Path) -> None:
    """A cheaper minute moves the total, without the delivery."""
    hand_in(exam, "a", 65)
    graded(exam)
    decisions = exam / "assignment.toml"
    decisions.write_text(decisions.read_text("utf-8").replace('"1/3"', '"1/6"'), "utf-8")
    remark(exam.parent / "run")
    with Ledger(exam.parent / "run" / LEDGER) as ledger:
        record = ledger.find("a")
    assert record is not None
    assert record.record.late == Lateness(3, Fraction(1, 2))
    page = (exam.parent / "run" / "feedback" / "a.html").read_text("utf-8")
    assert "0.5 points" in page


@pytest.mark.parametrize("ending", ["zip", "tar.gz"])
def test_an_archive_remembers_when_its_files_were_changed(exam: Path, ending: str) -> None:
    """The times are those in the archive, not those of unpacking it."""
    files = [hand_in(exam, "a", 65), hand_in(exam, "b", 10)]
    archive = exam.parent / f"delivery.{ending}"
    if ending == "zip":
        with zipfile.ZipFile(archive, "w") as packed:
            for file in files:
                packed.write(file, file.name)
    else:
        with tarfile.open(archive, "w:gz") as tar:
            for file in files:
                tar.add(file, file.name)
    assert late(graded(exam, archive)) == {"a": (3, 9), "b": (0, 10)}


def test_a_file_of_no_known_time_is_not_late(exam: Path) -> None:
    """An archive that says nothing about the time costs nobody anything."""
    archive = exam.parent / "delivery.tar"
    with tarfile.open(archive, "w") as tar:
        entry = tarfile.TarInfo("a.md")
        entry.size, entry.mtime = 9, 0
        file = hand_in(exam, "a", 65)
        with file.open("rb") as stream:
            tar.addfile(entry, stream)
    assert late(graded(exam, archive)) == {"a": (0, 10)}


def test_it_is_said_where_the_times_come_from(exam: Path) -> None:
    """Files that were copied say when they were copied: whoever grades must know."""
    hand_in(exam, "a", 10)
    times = exam.parent / "times.csv"
    times.write_text("student,time\na,2026-12-01T10:10:00+03:00\n", "utf-8")
    command = ["grade", str(exam), str(exam.parent / "delivery"), "-o", str(exam.parent / "run")]
    told = [
        CliRunner().invoke(cli, [*command, *more], standalone_mode=False).stderr
        for more in ([], ["--times", str(times)])
    ]
    assert ["taken from its files" in text for text in told] == [True, False]


FAULTY = {
    "not there": (None, "U165"),
    "no column": ("student,when\na,2026-12-01T10:00\n", "U166"),
    "no time": ("student,time\na,eleven\n", "U167"),
}


@pytest.mark.parametrize("name", FAULTY)
def test_times_that_are_none_are_told(exam: Path, name: str) -> None:
    """Each fault of the table has its code."""
    text, code = FAULTY[name]
    hand_in(exam, "a", 10)
    times = exam.parent / "times.csv"
    if text is not None:
        times.write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        graded(exam, times=times)
    assert [fault.code for fault in caught.value.faults] == [code]


@given(st.integers(0, 7200), st.integers(0, 30), st.integers(0, 30), st.fractions(0, 2))
def test_later_never_costs_less(seconds: int, extra: int, grace: int, price: Fraction) -> None:
    """A second later costs as much or more; minutes of grace or of one's own never cost."""
    hour = Hour(START, 60, grace, str(price))

    def cost(at: int, more: int = 0) -> Fraction:
        moment = (START + timedelta(seconds=at)).isoformat()
        found = lateness(hour, Student("a", extra_minutes=extra + more, handed_in=moment))
        return Fraction(0) if found is None else found.deduction

    assert cost(seconds) <= cost(seconds + 1) <= cost(seconds) + price
    assert cost(seconds, more=1) <= cost(seconds)
    assert (cost(seconds) == 0) == (price == 0 or seconds <= 60 * (60 + extra + grace))
