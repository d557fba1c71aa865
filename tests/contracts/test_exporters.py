"""Every exporter keeps these promises; a new file in the folder is under test at once."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import plugins
from grader.author.assignment import Assignment
from grader.exporters.csv import FORMULA, guarded, number, unguarded
from grader.model.gradebook import Record, Student
from grader.model.verdict import Mark
from tests.unit.reports.course import class_of, write_course


@pytest.fixture(params=plugins.names("grader.exporters"))
def exporter(request: pytest.FixtureRequest) -> ModuleType:
    """Each exporter in turn."""
    return plugins.load("grader.exporters", request.param)


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """A small course."""
    return write_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def people(assignment: Assignment) -> list[Record]:
    """Students who fall into every finding."""
    return list(class_of(assignment).values())


def marked(
    student: str, name: str = "", points: Fraction | None = Fraction(7, 3), reason: str = ""
) -> Record:
    """Somebody with one mark for each task."""
    status = "marked" if points is not None else "withheld"
    marks = (Mark("filter", points, Fraction(7, 2), (), reason), Mark("layer", Fraction(1), Fraction(2)))
    return Record(Student(student, name), status, marks)


def table(file: Path) -> list[dict[str, str]]:
    """The lines of a CSV file."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_order_of_arrival_is_irrelevant(
    exporter: ModuleType, assignment: Assignment, people: list[Record], tmp_path: Path
) -> None:
    """Students are sorted: any order gives the same bytes."""
    written = set()
    for seed in range(3):
        shuffled = random.Random(seed).sample(people, len(people))
        file = tmp_path / f"{seed}.out"
        exporter.export(iter(shuffled), assignment, file)
        written.add(file.read_bytes())
    assert len(written) == 1


def test_nothing_half_written_is_left(
    exporter: ModuleType, assignment: Assignment, people: list[Record], tmp_path: Path
) -> None:
    """When the records fail half-way, the file of before is there, and nothing else."""
    file = tmp_path / "gradebook"
    file.write_text("before")

    def failing() -> Iterator[Record]:
        yield people[0]
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        exporter.export(failing(), assignment, file)
    assert ([path.name for path in tmp_path.iterdir()], file.read_text()) == (["gradebook"], "before")


def test_folder_is_made(exporter: ModuleType, assignment: Assignment, tmp_path: Path) -> None:
    """The folder may be missing, and nobody may be in the class."""
    file = tmp_path / "deep" / "gradebook"
    exporter.export(iter(()), assignment, file)
    assert [path.name for path in file.parent.iterdir()] == ["gradebook"]


def test_ids_of_any_kind_survive(exporter: ModuleType, assignment: Assignment, tmp_path: Path) -> None:
    """Formulas, quotes, line ends, other scripts, and bytes that are no UTF-8: written, as UTF-8."""
    ids = ["=cmd()", '"a,b"', "x\r\ny", "Ёж", "bad\udcff", "'=x", ""]
    file = tmp_path / "gradebook"
    exporter.export((marked(one, one) for one in ids), assignment, file)
    file.read_bytes().decode("utf-8")


class TestCsv:
    """`gradebook.csv` as DESIGN §9 has it."""

    def export(self, records: list[Record], assignment: Assignment, folder: Path) -> Path:
        """Write and give the file."""
        file = folder / "gradebook.csv"
        plugins.load("grader.exporters", "csv").export(iter(records), assignment, file)
        return file

    def test_header(self, assignment: Assignment, tmp_path: Path) -> None:
        """The columns and their order; lines end as RFC 4180 wants."""
        head = b"student,name,filter,layer,total,max,percent,status,late,diagnoses\r\n"
        assert self.export([], assignment, tmp_path).read_bytes() == head

    def test_marks(self, assignment: Assignment, tmp_path: Path) -> None:
        """Rounded once: the total is not the sum of rounded marks."""
        (line,) = table(self.export([marked("a", "Anna")], assignment, tmp_path))
        assert list(line.values()) == ["a", "Anna", "2.33", "1", "3.33", "5.5", "60.61", "marked", "", ""]

    def test_withheld_mark_is_empty(self, assignment: Assignment, tmp_path: Path) -> None:
        """Never zero; the total and the share are not known either, and `status` says why."""
        (line,) = table(self.export([marked("a", points=None, reason="fault")], assignment, tmp_path))
        assert (line["filter"], line["layer"], line["total"], line["percent"]) == ("", "1", "", "")
        assert line["status"] == "withheld (filter: fault)"

    def test_diagnoses_are_joined(self, assignment: Assignment, people: list[Record], tmp_path: Path) -> None:
        """All codes in one cell."""
        lines = {line["student"]: line for line in table(self.export(people, assignment, tmp_path))}
        assert lines["sidorova"]["diagnoses"] == "filter.filtered:averages ; layer.loss:forgets_the_square"

    def test_not_submitted_follows_the_assignment(
        self, assignment: Assignment, people: list[Record], tmp_path: Path
    ) -> None:
        """Zero points here, as decided."""
        lines = {line["student"]: line for line in table(self.export(people, assignment, tmp_path))}
        assert (lines["zzz"]["total"], lines["zzz"]["status"]) == ("0", "not_submitted")

    @pytest.mark.parametrize("start", FORMULA)
    def test_no_cell_is_a_formula(self, assignment: Assignment, tmp_path: Path, start: str) -> None:
        """What a spreadsheet would evaluate begins with an apostrophe."""
        (line,) = table(self.export([marked(f"{start}1", f"{start}2")], assignment, tmp_path))
        assert (line["student"], line["name"]) == (f"'{start}1", f"'{start}2")

    @given(st.text())
    def test_guard_can_be_taken_away(self, text: str) -> None:
        """Every text is read back as it was, and none begins a formula."""
        assert unguarded(guarded(text)) == text
        assert not guarded(text).startswith(FORMULA)

    @pytest.mark.parametrize(
        ("exact", "shown"), [("7/3", "2.33"), ("1/200", "0.01"), ("10", "10"), ("0", "0"), ("100", "100")]
    )
    def test_numbers(self, exact: str, shown: str) -> None:
        """Two decimals at most, halves up, no trailing zeros but those of whole tens."""
        assert number(Fraction(exact)) == shown


class TestJson:
    """`gradebook.json`: everything that was found, exactly."""

    def students(self, records: list[Record], assignment: Assignment, folder: Path) -> dict[str, Any]:
        """Write, and read back by id."""
        file = folder / "gradebook.json"
        plugins.load("grader.exporters", "json").export(iter(records), assignment, file)
        assert file.read_bytes().endswith(b"\n")
        return {student["id"]: student for student in json.loads(file.read_text("utf-8"))["students"]}

    def test_fractions_are_exact(self, assignment: Assignment, tmp_path: Path) -> None:
        """As text, not as a rounded number; a withheld mark is null."""
        found = self.students([marked("a"), marked("b", points=None, reason="fault")], assignment, tmp_path)
        assert (found["a"]["total"], found["a"]["tasks"]["filter"]["points"]) == ("10/3", "7/3")
        assert (found["b"]["total"], found["b"]["tasks"]["filter"]["points"]) == (None, None)
        assert found["b"]["tasks"]["filter"]["reason"] == "fault"

    def test_ids_are_read_back(self, assignment: Assignment, tmp_path: Path) -> None:
        """Exactly, bytes that are no UTF-8 included."""
        ids = {"=cmd()", '"', "x\r\ny", "Ёж", "bad\udcff"}
        assert set(self.students([marked(one) for one in ids], assignment, tmp_path)) == ids

    def test_everything_found_is_there(
        self, assignment: Assignment, people: list[Record], tmp_path: Path
    ) -> None:
        """Finding, diagnosis, convention, follow-through, aspects, case and first difference."""
        found = self.students(people, assignment, tmp_path)
        assert found["sidorova"]["tasks"]["filter"]["parts"]["filtered"] == {
            "finding": "misconception",
            "points": "1",
            "max": "5/2",
            "codes": ["averages"],
            "conventions": {"flip": "correlation"},
            "follows": [],
            "aspects": [],
            "repairs": [],
            "rubric": {},
            "case": 0,
            "difference": {"kind": "value", "place": "[0, 0]", "expected": "8", "actual": "2", "detail": {}},
        }
        assert found["follower"]["tasks"]["layer"]["parts"]["loss"]["follows"] == ["layer.y"]
        assert found["partly"]["tasks"]["filter"]["parts"]["filtered"]["aspects"] == ["plain"]

    def test_students_stand_one_on_a_line(
        self, assignment: Assignment, people: list[Record], tmp_path: Path
    ) -> None:
        """So that two runs can be compared line by line."""
        self.students(people, assignment, tmp_path)
        lines = (tmp_path / "gradebook.json").read_text("utf-8").splitlines()
        assert len(lines) == len(people) + 3
