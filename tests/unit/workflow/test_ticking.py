"""Texts are read by a person, ticked in a table, and the marks follow."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import cli
from grader.errors import UsageError
from grader.workflow.grading import Request, grade
from grader.workflow.remarking import remark
from grader.workflow.ticking import Ticked, sheet, tick
from tests.courses import DECISIONS, course
from tests.unit.workflow.backend import FakeLocal, backend

__all__ = ["backend"]

TASK = """
from grader.comparators.value import Value
from grader.author import Criterion, Text

number = Answer("number", 1, Value())
why = Text("why", 3, asks="Why?", criteria=[
    Criterion("data", "Names the data."),
    Criterion("freeze", "Says what to *freeze*."),
    Criterion("rate", "Names the rate."),
])
task = Task(parts=[number, why])
number.oracle(lambda: 162)
"""
ANNA = "Мало данных: <b>замораживаем</b>\n  все слои; шаг мал."
SHEET_OF_BORIS = "# q1\n\nnumber = 162\n\n## why\n\nThere are few data.\n\nSo freeze the layers\n"


@pytest.fixture
def request_(tmp_path: Path, backend: FakeLocal) -> Request:
    """Anna wrote a script, Boris a sheet, Vera nothing about why, `=1+1` what a spreadsheet would compute."""
    folder = tmp_path / "delivery"
    folder.mkdir()
    (folder / "anna.py").write_text(f"q1_number = 162\nq1_why = {ANNA!r}\n")
    (folder / "boris.md").write_text(SHEET_OF_BORIS)
    (folder / "vera.py").write_text("q1_number = 161\n")
    (folder / "=1+1.py").write_text("q1_why = '=cmd()'\n")
    exam = course(tmp_path / "exam", q1=TASK, toml=DECISIONS)
    request = Request(str(exam), folder, tmp_path / "run")
    graded(request)
    return request


def graded(request: Request) -> None:
    """Grade."""
    grade(request, lambda done, total, student: None, "A")


def rows(run: Path) -> dict[str, tuple[str, str, str]]:
    """Student → points of the task, total, status."""
    with (run / "gradebook.csv").open(encoding="utf-8", newline="") as stream:
        return {row["student"]: (row["q1"], row["total"], row["status"]) for row in csv.DictReader(stream)}


def table(tmp_path: Path, *lines: str, head: str = "student,task,part,criterion,met,comment") -> Path:
    """A file with ticks."""
    file = tmp_path / "ticks.csv"
    file.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    return file


def of_anna(data: str = "yes", freeze: str = "no", rate: str = "да") -> list[str]:
    """Three ticks."""
    said = {"data": data, "freeze": freeze, "rate": rate}
    return [f"anna,q1,why,{criterion},{met},sure" for criterion, met in said.items()]


def told(run: Path, file: Path) -> list[tuple[str, str]]:
    """Code and line of every fault."""
    with pytest.raises(UsageError) as caught:
        tick(run, file)
    assert all(fault.problem and fault.remedy for fault in caught.value.faults)
    return [
        (fault.code, fault.place.removeprefix(f"{file}").removeprefix(":")) for fault in caught.value.faults
    ]


def test_a_text_that_awaits_leaves_the_cell_empty(request_: Request) -> None:
    """No zero until a person has read it; nothing handed in is zero as ever."""
    assert rows(request_.run) == {
        "'=1+1": ("", "", "awaiting_a_person (q1: awaiting)"),
        "anna": ("", "", "awaiting_a_person (q1: awaiting)"),
        "boris": ("", "", "awaiting_a_person (q1: awaiting)"),
        "vera": ("0", "0", "marked"),
    }


def test_ticks_become_points(request_: Request, tmp_path: Path) -> None:
    """The gradebook has the points, its JSON the rubric, the page the comment; the others still await."""
    result = tick(request_.run, table(tmp_path, *of_anna()))
    assert (result.decided, result.changed, result.marked) == (3, 0, 1)
    assert [student for student, _, _ in result.awaiting] == ["=1+1", "boris"]
    assert rows(request_.run)["anna"] == ("3", "3", "marked")
    book = json.loads((request_.run / "gradebook.json").read_text("utf-8"))
    (anna,) = [one for one in book["students"] if one["id"] == "anna"]
    assert anna["tasks"]["q1"]["parts"]["why"]["rubric"] == {"data": True, "freeze": False, "rate": True}
    assert "sure" in (request_.run / "feedback" / "anna.html").read_text("utf-8")


def test_ticks_survive_grading_and_remarking(request_: Request, tmp_path: Path) -> None:
    """A second run, another title and a remark leave the points of a text where they are."""
    tick(request_.run, table(tmp_path, *of_anna()))
    remark(request_.run)
    graded(request_)
    (Path(request_.assignment) / "assignment.toml").write_text(DECISIONS.replace("Trial", "Exam"))
    graded(request_)
    assert rows(request_.run)["anna"] == ("3", "3", "marked")


def test_a_new_text_makes_its_ticks_void(request_: Request, tmp_path: Path) -> None:
    """It awaits again, and the page says why; other work that is handed in anew leaves them alone."""
    tick(request_.run, table(tmp_path, *of_anna()))
    (request_.submissions / "anna.py").write_text(f"q1_number = 1\nq1_why = {ANNA!r}\n")
    graded(request_)
    assert rows(request_.run)["anna"] == ("2", "2", "marked")
    (request_.submissions / "anna.py").write_text("q1_number = 162\nq1_why = 'Ah.'\n")
    graded(request_)
    assert rows(request_.run)["anna"] == ("", "", "awaiting_a_person (q1: awaiting)")
    assert "earlier version" in (request_.run / "feedback" / "anna.html").read_text("utf-8")


def test_a_decision_can_be_changed(request_: Request, tmp_path: Path) -> None:
    """What is said last holds, and how many are changed is told."""
    tick(request_.run, table(tmp_path, *of_anna()))
    result = tick(request_.run, table(tmp_path, *of_anna(freeze="+")))
    assert (result.decided, result.changed, result.marked) == (3, 1, 0)
    assert rows(request_.run)["anna"] == ("4", "4", "marked")


def test_toml_says_the_same(request_: Request, tmp_path: Path) -> None:
    """A table for each decision; the fault of a table names its line."""
    file = tmp_path / "ticks.toml"
    one = '[[tick]]\nstudent = "anna"\ntask = "q1"\npart = "why"\ncriterion = "{}"\nmet = {}\n\n'
    file.write_text(
        "".join(one.format(*said) for said in (("data", "true"), ("freeze", "false"), ("rate", '"yes"')))
    )
    assert tick(request_.run, file).marked == 1
    file.write_text(one.format("data", "true") + one.format("date", "true"))
    assert told(request_.run, file) == [("U153", "8")]


def test_every_bad_row_is_told_at_once(request_: Request, tmp_path: Path) -> None:
    """With its line and what to do; nothing is written then."""
    before = (request_.run / "gradebook.csv").read_bytes()
    file = table(
        tmp_path,
        "anna,q1,why,data,yes,",
        "nobody,q1,why,data,yes,",
        "anna,q1,number,data,yes,",
        "anna,q1,why,date,yes,",
        "vera,q1,why,data,yes,",
        '"anna",q1,why,rate,no,"a comment\nof two lines"',
        "anna,q1,why,data,no,",
        "anna,q1,why,data,yes,",
    )
    assert told(request_.run, file) == [
        ("U151", "3"),
        ("U152", "4"),
        ("U153", "5"),
        ("U154", "6"),
        ("U156", "9"),
        ("U157", "10"),
    ]
    assert (request_.run / "gradebook.csv").read_bytes() == before
    assert len(tick(request_.run, None).awaiting) == 3


def test_what_is_neither_yes_nor_no_is_told(request_: Request, tmp_path: Path) -> None:
    """An empty cell decides nothing."""
    assert told(request_.run, table(tmp_path, *of_anna("maybe", "", "x"))) == [("U158", "2"), ("U158", "4")]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.csv", "student;task;part\n", "1"),
        ("a.csv", "", "1"),
        ("a.toml", "tick = 5", ""),
        ("a.toml", "[[", ""),
        ("a.toml", "", ""),
    ],
)
def test_what_is_no_file_with_ticks_is_told(
    request_: Request, tmp_path: Path, name: str, text: str, line: str
) -> None:
    """A table without the columns, and TOML without a table."""
    file = tmp_path / name
    file.write_text(text)
    assert told(request_.run, file) == [("U150", line)]


def test_no_file_is_told(request_: Request, tmp_path: Path) -> None:
    """As for any other path that leads nowhere."""
    assert told(request_.run, tmp_path / "none.csv") == [("U102", "")]


def test_a_sheet_comes_back_filled_in(request_: Request, tmp_path: Path) -> None:
    """Every open criterion has a row, the prose stands beside the first; only `met` is to be written."""
    lines = list(csv.DictReader(io.StringIO(sheet(request_.run).removeprefix("\ufeff"), newline="")))
    assert [(line["student"], line["criterion"]) for line in lines] == [
        (student, criterion)
        for student in ("'=1+1", "anna", "boris")
        for criterion in ("data", "freeze", "rate")
    ]
    assert [line["prose"] for line in lines if line["prose"]] == [
        "'=cmd()",
        ANNA,
        "There are few data.\n\nSo freeze the layers",
    ]
    assert lines[4]["says"] == "Says what to *freeze*."
    filled = tmp_path / "sheet.csv"
    with filled.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(lines[0]), delimiter=";")
        writer.writeheader()
        writer.writerows({**line, "met": "нет" if line["criterion"] == "rate" else "да"} for line in lines)
    assert tick(request_.run, filled) == Ticked(9, 0, 3, ())
    assert rows(request_.run)["'=1+1"] == ("2", "2", "marked")


def test_a_sheet_of_another_text_is_refused(request_: Request, tmp_path: Path) -> None:
    """Whoever read one version cannot tick the next."""
    file = tmp_path / "sheet.csv"
    file.write_text(sheet(request_.run).replace("Names the data.,,", "Names the data.,yes,"), "utf-8")
    (request_.submissions / "anna.py").write_text("q1_why = 'Ah.'\n")
    graded(request_)
    assert told(request_.run, file) == [("U155", "5")]


def test_a_sheet_keeps_what_is_decided_already(request_: Request, tmp_path: Path) -> None:
    """A text that was read in part is on it with the decisions so far."""
    tick(request_.run, table(tmp_path, of_anna()[1]))
    lines = csv.DictReader(io.StringIO(sheet(request_.run).removeprefix("\ufeff"), newline=""))
    assert [(line["met"], line["comment"]) for line in lines if line["student"] == "anna"] == [
        ("", ""),
        ("no", "sure"),
        ("", ""),
    ]


def test_the_command_line_ticks(request_: Request, tmp_path: Path) -> None:
    """Without a file it lists what awaits; with one it says how many are marked, and writes the next sheet."""
    run, out = str(request_.run), str(tmp_path / "next.csv")
    listed = CliRunner().invoke(cli, ["tick", run])
    assert listed.stdout.splitlines() == ["=1+1\tq1.why", "anna\tq1.why", "boris\tq1.why"]
    ticked = CliRunner().invoke(cli, ["tick", run, str(table(tmp_path, *of_anna())), "--sheet", out])
    assert (listed.exit_code, ticked.exit_code) == (0, 0)
    assert "3 criteria decided" in ticked.stdout
    assert Path(out).read_text("utf-8").count("boris") == 3
