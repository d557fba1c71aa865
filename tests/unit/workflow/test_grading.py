"""A grading goes on wherever it was interrupted, and does only what is new."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.author.loading import load_assignment
from grader.errors import AuthoringError, UsageError
from grader.judge import expecting
from grader.ledger import Ledger
from grader.model.observation import Observation
from grader.reports import html
from grader.reports.page import Page
from grader.workflow import grading, publishing
from grader.workflow.checking import check
from grader.workflow.grading import Request, Tally, grade
from grader.workflow.opening import LEDGER
from grader.workflow.publishing import page_name
from grader.workflow.remarking import remark, report
from tests.courses import CODE, DECISIONS, course
from tests.unit.workflow.backend import FakeLocal, backend

__all__ = ["backend"]

WRONG = (
    CODE
    + '\n\n@double.misconception(credit="1/2")\ndef tripled(x):\n    "You tripled it."\n    return 3 * x\n'
)
RIGHT, TRIPLED, SQUARED = (f"def double(x):\n    return {what}\n" for what in ("x + x", "3 * x", "x * x"))


@pytest.fixture
def request_(tmp_path: Path, backend: FakeLocal) -> Request:
    """Three students of a course with one task, and where their marks go."""
    folder = tmp_path / "delivery"
    folder.mkdir()
    for student, text in (("a", RIGHT), ("b", TRIPLED), ("c", SQUARED)):
        (folder / f"{student}.py").write_text(text)
    return Request(str(course(tmp_path / "exam", q1=WRONG)), folder, tmp_path / "run")


def graded(request: Request) -> Tally:
    """Grade, and forget the assignment."""
    return grade(request, lambda done, total, student: None, "A")[1]


def done(tally: Tally) -> tuple[int, int, int]:
    """How many were posed, judged again, known already."""
    return tally.posed, tally.judged_again, tally.known


def totals(run: Path) -> dict[str, str]:
    """Student → total in the gradebook."""
    with (run / "gradebook.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["student"]: row["total"] for row in csv.DictReader(stream)}


def gradebook(run: Path) -> bytes:
    """The gradebook's bytes."""
    return (run / "gradebook.json").read_bytes()


def pages(run: Path) -> list[str]:
    """Names of all files beside the pages."""
    return sorted(file.name for file in (run / "feedback").iterdir())


def test_a_delivery_is_marked(request_: Request) -> None:
    """Everyone is posed once, and has points, a page and a line in the gradebook."""
    assert done(graded(request_)) == (3, 0, 0)
    assert totals(request_.run) == {"a": "2", "b": "1", "c": "0"}
    assert pages(request_.run) == ["a.html", "b.html", "c.html"]


def test_a_second_run_does_nothing(request_: Request, backend: FakeLocal) -> None:
    """Nothing is posed, and no file is written anew."""
    graded(request_)
    before = {
        file: file.stat().st_mtime_ns for file in request_.run.rglob("*.*") if "sqlite" not in file.name
    }
    assert done(graded(request_)) == (0, 0, 3)
    assert backend.posed == ["a", "b", "c"]
    assert {file: file.stat().st_mtime_ns for file in before} == before


@pytest.mark.parametrize("count", [0, 1, 2])
def test_an_interrupted_run_goes_on(
    count: int, request_: Request, backend: FakeLocal, tmp_path: Path
) -> None:
    """Whoever was marked is not posed again, and the gradebook is the same as without an interruption."""
    graded(replace(request_, run=tmp_path / "whole"))
    backend.posed.clear()
    backend.stop_after = count
    with pytest.raises(KeyboardInterrupt):
        graded(request_)
    backend.stop_after = None
    assert done(graded(request_)) == (3 - count, 0, count)
    assert backend.posed == ["a", "b", "c"]
    assert gradebook(request_.run) == gradebook(tmp_path / "whole")


def test_a_run_that_ended_before_a_page_writes_it(request_: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between the ledger and the page, or in the middle of a file: the next run writes what is missing."""

    def killed(*arguments: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(grading, "render_page", killed)
        with pytest.raises(KeyboardInterrupt):
            graded(request_)
    (request_.run / "feedback").mkdir()
    (request_.run / "feedback" / ".a.html.123").write_text("<html>ha")
    (request_.run / ".gradebook.json.123").write_text("{")
    assert done(graded(request_)) == (2, 0, 1)
    assert pages(request_.run) == ["a.html", "b.html", "c.html"]
    assert not (request_.run / ".gradebook.json.123").exists()


def test_a_page_that_was_removed_is_written_again(request_: Request) -> None:
    """So are the gradebook and the class page."""
    graded(request_)
    whole = gradebook(request_.run)
    for file in (
        *request_.run.glob("feedback/b.html"),
        *request_.run.glob("gradebook.*"),
        request_.run / "class.html",
    ):
        file.unlink()
    assert done(graded(request_)) == (0, 0, 3)
    assert (pages(request_.run), gradebook(request_.run)) == (["a.html", "b.html", "c.html"], whole)
    assert (request_.run / "class.html").exists()


def test_a_class_that_becomes_known_has_another_page(request_: Request) -> None:
    """With a roster it tells whose answers are right for somebody else; nothing else of the run has changed."""
    graded(request_)
    overview = request_.run / "class.html"
    overview.write_text("as it was", "utf-8")
    graded(request_)
    assert overview.read_text("utf-8") == "as it was"
    roster = request_.submissions.parent / "roster.csv"
    roster.write_text("student\na\nb\nc\n", "utf-8")
    assert done(graded(replace(request_, roster=roster))) == (0, 0, 3)
    assert overview.read_text("utf-8") != "as it was"


def test_a_changed_submission_is_posed_again(request_: Request, backend: FakeLocal) -> None:
    """Only that one; the gradebook follows."""
    graded(request_)
    (request_.submissions / "c.py").write_text(RIGHT)
    assert done(graded(request_)) == (1, 0, 2)
    assert totals(request_.run) == {"a": "2", "b": "1", "c": "2"}


def test_submissions_come_and_go(request_: Request) -> None:
    """A late one is marked, a withdrawn one leaves no line and no page; if it comes back it is known."""
    graded(request_)
    (request_.submissions / "d.py").write_text(TRIPLED)
    text = (request_.submissions / "a.py").read_text()
    (request_.submissions / "a.py").unlink()
    assert done(graded(request_)) == (1, 0, 2)
    assert totals(request_.run) == {"b": "1", "c": "0", "d": "1"}
    assert pages(request_.run) == ["b.html", "c.html", "d.html"]
    (request_.submissions / "a.py").write_text(text)
    assert done(graded(request_)) == (0, 0, 4)
    assert pages(request_.run) == ["a.html", "b.html", "c.html", "d.html"]


def test_a_new_misconception_is_judged_without_posing(request_: Request, backend: FakeLocal) -> None:
    """A change that leaves the inputs alone judges what was observed."""
    course(Path(request_.assignment), q1=CODE)
    graded(request_)
    assert totals(request_.run)["b"] == "0"
    course(Path(request_.assignment), q1=WRONG)
    assert done(graded(request_)) == (0, 3, 0)
    assert totals(request_.run)["b"] == "1"
    assert backend.posed == ["a", "b", "c"]


def test_other_inputs_are_posed_again(request_: Request, backend: FakeLocal) -> None:
    """A new case, or another limit, changes what is observed: everyone is posed again."""
    graded(request_)
    course(Path(request_.assignment), q1=WRONG.replace("yield case(2.5)", "yield case(2.0)"))
    assert done(graded(request_)) == (3, 0, 0)
    course(Path(request_.assignment), q1=WRONG, toml=DECISIONS + "[limits]\ncpu_seconds = 1\n")
    assert done(graded(request_)) == (3, 0, 0)


def test_a_corrected_roster_renews_pages_only(request_: Request, backend: FakeLocal, tmp_path: Path) -> None:
    """Another name or language of one student is on the page and in the gradebook; nothing is posed."""
    roster = tmp_path / "roster.csv"
    roster.write_text("student,name\na,Anna\nb,Bob\nabsent,Zoe\n")
    with_roster = replace(request_, roster=roster)
    assert done(graded(with_roster)) == (3, 1, 0)
    roster.write_text("student,name\na,Anne\nb,Bob\nabsent,Zoe\n")
    assert done(graded(with_roster)) == (0, 1, 3)
    assert b"Anne" in gradebook(request_.run)
    assert "Anne" in (request_.run / "feedback" / "a.html").read_text("utf-8")
    assert backend.posed == ["a", "b", "c"]
    assert graded(with_roster).strangers == ("c",)


def test_who_was_absent_may_still_come(request_: Request, tmp_path: Path) -> None:
    """And who was there may withdraw: the roster's line stays, with no submission."""
    roster = tmp_path / "roster.csv"
    roster.write_text("student\na\nb\nc\nd\n")
    with_roster = replace(request_, roster=roster)
    graded(with_roster)
    assert totals(request_.run)["d"] == "0"
    (request_.submissions / "a.py").rename(request_.submissions / "d.py")
    assert done(graded(with_roster)) == (1, 1, 2)
    assert totals(request_.run) == {"a": "0", "b": "1", "c": "0", "d": "2"}


def test_a_withheld_mark_is_tried_again(
    request_: Request, backend: FakeLocal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our fault of yesterday is mended today, in the gradebook too; nobody else is posed."""
    with monkeypatch.context() as patch:
        patch.setattr(FakeLocal, "_observed", lambda self, job: [("q1/double/0", Observation("faulted"))])
        assert graded(request_).withheld == 3
    assert totals(request_.run) == {"a": "", "b": "", "c": ""}
    assert done(graded(request_)) == (3, 0, 0)
    assert totals(request_.run) == {"a": "2", "b": "1", "c": "0"}


def test_one_page_that_fails_stops_nobody(request_: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of our report leaves the marks alone, is told, and is mended by the next run."""
    render = html.render

    def failing(page: Page) -> str:
        if page.student == "b":
            raise ZeroDivisionError("oops")
        return render(page)

    with monkeypatch.context() as patch:
        patch.setattr(publishing.html, "render", failing)
        assert graded(request_).unpublished == {"b": "ZeroDivisionError: oops"}
    assert (pages(request_.run), totals(request_.run)["b"]) == (["a.html", "c.html"], "1")
    assert graded(request_).unpublished == {}
    assert pages(request_.run) == ["a.html", "b.html", "c.html"]


def test_a_judge_that_fails_withholds(request_: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that breaks on somebody's answers gives no mark, and goes on."""
    monkeypatch.setattr(expecting.Expectations, "expected", lambda *arguments: 1 / 0)
    monkeypatch.setattr(grading, "open_assignment", lambda name, *tickets: load_assignment(name))
    assert graded(request_).withheld == 3
    status = {line["id"]: line["status"] for line in json.loads(gradebook(request_.run))["students"]}
    assert status == dict.fromkeys("abc", "withheld")


VARYING = """
one = Answer("one", 1, Close())
task = Task(parts=[one], variants=lambda rng: {"n": rng.randrange(10**6)})


@one.oracle
def right(n):
    return n
"""


def test_a_variant_that_cannot_be_dealt_spares_the_others(request_: Request) -> None:
    """An author's function that fails for one student withholds that mark only."""
    text = VARYING.replace("10**6)})", "10**6)} if rng.random() > .4 else {}[1])")
    for number in range(10):
        (request_.submissions / f"s{number}.py").write_text("q1_one = 1\n")
    for seed in range(20):
        course(Path(request_.assignment), q1=text, toml=DECISIONS.replace('"1"', f'"{seed}"'))
        try:
            tally = graded(request_)
        except AuthoringError:
            continue
        break
    assert 0 < tally.withheld < tally.students == 13
    result = remark(request_.run)
    assert len(result.stale) == tally.withheld


def test_any_student_can_be_marked(request_: Request) -> None:
    """Ids with newlines, quotes, markup, other alphabets, two hundred letters; bytes that are no UTF-8."""
    names = [
        "new\nline",
        "a'\"<b>&",
        "Ёжиков 🦔",
        "x" * 250,
        "ё" * 120,
        "=cmd()",
        "a.b",
        "\x1b[31m",
        "CON",
        "\udccf",
    ]
    for name in names:
        (request_.submissions / f"{name}.py").write_text(RIGHT)
    assert done(graded(request_)) == (13, 0, 0)
    assert len(pages(request_.run)) == len(totals(request_.run)) == 13
    assert (request_.run / "feedback" / page_name("new\nline")).exists()


FAULTY = {
    "no assignment": ({"assignment": "nowhere"}, "U101"),
    "no delivery": ({"submissions": Path("nowhere")}, "U102"),
    "no backend": ({"backend": "cloud"}, "U119"),
}


@pytest.mark.parametrize(("change", "code"), FAULTY.values(), ids=FAULTY)
def test_wrong_requests_write_nothing(change: dict[str, Any], code: str, request_: Request) -> None:
    """A fault in what was asked is told before the run folder is made."""
    with pytest.raises(UsageError) as caught:
        graded(replace(request_, **change))
    assert [fault.code for fault in caught.value.faults] == [code]
    assert not request_.run.exists()


def test_a_faulty_assignment_writes_nothing(request_: Request) -> None:
    """Faults of the trial come before the run folder, too."""
    course(
        Path(request_.assignment), q1=CODE.replace("2 * x", "x / 0"), toml=DECISIONS.replace('"en"', '"tlh"')
    )
    with pytest.raises(AuthoringError) as caught:
        graded(request_)
    assert [fault.code for fault in caught.value.faults] == ["A109", "T115"]
    assert not request_.run.exists()


@pytest.mark.parametrize("where", [".", "run", "a/b"])
def test_a_run_within_the_delivery_is_refused(where: str, request_: Request) -> None:
    """Its pages would be taken for submissions."""
    with pytest.raises(UsageError, match="U120"):
        graded(replace(request_, run=request_.submissions / where))
    assert sorted(file.name for file in request_.submissions.iterdir()) == ["a.py", "b.py", "c.py"]


def test_a_folder_of_somebody_elses_pages_is_refused(request_: Request) -> None:
    """Pages that no run has written are not removed."""
    page = request_.run / "feedback" / "mine.html"
    page.parent.mkdir(parents=True)
    page.touch()
    with pytest.raises(UsageError, match="U121"):
        graded(request_)
    assert page.exists()


def test_a_file_is_no_run_folder(request_: Request) -> None:
    """Neither is a path below a file."""
    for run in (request_.submissions.parent / "file", request_.submissions.parent / "file" / "run"):
        request_.submissions.parent.joinpath("file").touch()
        with pytest.raises(UsageError, match="U112"):
            graded(replace(request_, run=run))


def test_a_run_belongs_to_one_assignment_and_seed(request_: Request, tmp_path: Path) -> None:
    """Marks of two exams, or of two deals, do not mix."""
    graded(request_)
    before = gradebook(request_.run)
    with pytest.raises(UsageError, match="U113"):
        graded(replace(request_, assignment=str(course(tmp_path / "other", q1=CODE))))
    course(Path(request_.assignment), q1=WRONG, toml=DECISIONS.replace('"1"', '"2"'))
    with pytest.raises(UsageError, match="U113"):
        graded(request_)
    assert gradebook(request_.run) == before


def test_remarking_tells_whose_mark_moves(request_: Request, backend: FakeLocal) -> None:
    """Without running anything; pages and gradebook follow, and a further grading has nothing to do."""
    course(Path(request_.assignment), q1=CODE)
    graded(request_)
    course(Path(request_.assignment), q1=WRONG)
    result = remark(request_.run)
    assert [(move.student, move.before.points, move.after.points) for move in result.moves] == [("b", 0, 1)]
    assert totals(request_.run)["b"] == "1"
    assert "tripled" in (request_.run / "feedback" / "b.html").read_text("utf-8")
    assert remark(request_.run).moves == ()
    assert done(graded(request_)) == (0, 0, 3)
    assert len(backend.posed) == 3


def test_remarking_leaves_alone_whoever_has_other_inputs_now(request_: Request) -> None:
    """Observations of other inputs say nothing: these students are named, and keep their marks."""
    graded(request_)
    before = totals(request_.run)
    course(Path(request_.assignment), q1=WRONG.replace("2.5", "3.5"))
    result = remark(request_.run)
    assert (result.moves, result.stale, totals(request_.run)) == ((), ("a", "b", "c"), before)


@pytest.mark.parametrize("command", [remark, report])
def test_an_interrupted_run_can_be_looked_at(command: Any, request_: Request, backend: FakeLocal) -> None:
    """Who was marked is in the gradebook; who was not is named."""
    backend.stop_after = 2
    with pytest.raises(KeyboardInterrupt):
        graded(request_)
    assert command(request_.run).stale == ("c",)
    assert totals(request_.run) == {"a": "2", "b": "1"}
    assert pages(request_.run) == ["a.html", "b.html"]


def test_a_report_writes_every_page_anew(request_: Request) -> None:
    """And nothing but pages and gradebook changes."""
    graded(request_)
    before = gradebook(request_.run)
    (request_.run / "feedback" / "a.html").write_text("changed")
    result = report(request_.run)
    assert (result.students, result.stale, gradebook(request_.run)) == (3, (), before)
    assert (request_.run / "feedback" / "a.html").read_text("utf-8") != "changed"


def test_what_is_no_run_is_told(tmp_path: Path) -> None:
    """A folder without a ledger."""
    with pytest.raises(UsageError, match="U114"):
        remark(tmp_path)


def test_a_check_poses_public_cases_and_writes_nothing(request_: Request, backend: FakeLocal) -> None:
    """One file, the same findings as in a run, judged on what students may see; all cases if asked."""
    file = request_.submissions / "c.py"
    before = sorted(request_.submissions.parent.rglob("*"))
    records = [check(request_.assignment, file, "", "", every)[2] for every in (False, True)]
    assert [record.marks[0].verdicts[0].finding for record in records] == ["unexplained", "unexplained"]
    assert [len(record.observations) for record in records] == [1, 2]
    assert records[0].student.id == "c"
    assert [
        path for path in sorted(request_.submissions.parent.rglob("*")) if "__pycache__" not in str(path)
    ] == [path for path in before if "__pycache__" not in str(path)]


def test_a_check_reads_a_folder_as_grading_does(request_: Request) -> None:
    """Checkpoints, hidden files and links are passed over; the student is the folder's name."""
    folder = request_.submissions / "d.v2"
    (folder / ".ipynb_checkpoints").mkdir(parents=True)
    (folder / ".ipynb_checkpoints" / "z.py").write_text("def double(x): return 0\n")
    (folder / "a.py").write_text(RIGHT)
    record = check(request_.assignment, folder, "", "", True)[2]
    assert (record.student.id, record.points) == ("d.v2", 2)


def test_a_check_of_nothing_is_told(request_: Request) -> None:
    """A path that leads nowhere."""
    with pytest.raises(UsageError, match="U102"):
        check(request_.assignment, Path("nowhere.py"), "", "", False)


def test_the_ledger_knows_what_the_gradebook_says(request_: Request) -> None:
    """Total and status of everyone are those of the records."""
    graded(request_)
    with Ledger(request_.run / LEDGER) as ledger:
        assert {entry.student: str(entry.record.points) for entry in ledger.entries()} == totals(request_.run)


def test_a_weak_box_marks_nobody_unless_it_is_allowed_and_then_says_so(request_: Request) -> None:
    """Below level B nothing is written without `--allow-unsafe`; with it, every row of the gradebook is marked so."""
    with pytest.raises(UsageError, match="U122"):
        grade(request_, lambda done, total, student: None, "C")
    assert not request_.run.exists()
    grade(replace(request_, allow_unsafe=True), lambda done, total, student: None, "C")
    rows = json.loads(gradebook(request_.run))["students"]
    assert [row["isolation"] for row in rows] == ["C unsafe"] * 3
