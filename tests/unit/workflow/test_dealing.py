"""From a roster to papers, answer sheets and the key; and back, in whichever form the sheets are handed in."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import cli
from grader.errors import AuthoringError, Fault, UsageError
from grader.judge.dealing import deal
from grader.ledger import Ledger
from grader.model.gradebook import Record
from grader.papers import printing
from grader.workflow.dealing import Dealt, Order, deal_exam
from grader.workflow.grading import Request, grade
from grader.workflow.opening import LEDGER, open_assignment
from tests.courses import course

COLLOQUIUM = Path(__file__).resolve().parents[3] / "assignments" / "colloquium"
TOML = """\
title = { en = "Exam", ru = "Экзамен" }
language = "en"
seed = "1"

[ticket]
choose = 1
optional = ["t1"]
"""
QUESTION = '''\
"""Rows of {word}

Given are $v = {v}$ and the number {a}.

z: a line that reads like an answer.
"""
from grader.author import Answer, Code, Criterion, Matrix, Slip, Task, Text, case
from grader.comparators.close import Close
from grader.comparators.value import Value

SIGN = {"sign": {1: None, -1: Slip("1/2", "The sign is lost.")}}
z = Answer("z", 1, Value(), asks="`{name}_z`: twice $v$.", slips=SIGN)
scale = Code("scale_{name}", 2, Close(), asks="The function `scale_{name}(x)`, {a} times $x$.")
why = Text("why", 3, asks="`{name}_why`: why?", criteria=[
    Criterion("first", "Says the first."),
    Criterion("second", "Says the second."),
    Criterion("third", "Says it all."),
])
task = Task(
    parts=[z, scale, why],
    variants=lambda rng: {"v": Matrix([[rng.randrange(10, 99), rng.randrange(10, 99)]]), "a": rng.randrange(2, 9)},
    conventions={"order": {"forward": "forwards", "backward": "backwards"}},
)


@z.oracle
def right(v, order, sign):
    row = [2 * sign * entry for entry in v[0]]
    return row if order == "forward" else row[::-1]


@scale.cases
def cases(rng, a):
    yield case(1.0, public=True)
    yield case(2.5)


@scale.oracle
def scaled(x, *, a):
    return a * x
'''
ROSTER = (
    "student,name,lang,extra_minutes\nanna,Anna Ash,en,\nборис,Борис Бук,ru,15\nclara,,,\nd%2F,Dora,en,0\n"
)


def question(name: str) -> str:
    """A question with a value, a function and a text."""
    return QUESTION.replace("{name}", name).replace("{word}", name)


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """Three questions and a problem."""
    tasks = {name: question(name) for name in ("q1", "q2", "q3", "t1")}
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    return course(tmp_path / "exam", toml=TOML, **tasks)


def order(exam: Path, output: str = "tickets", **more: object) -> Order:
    """What to deal, without printing."""
    given = {"print_pdf": False, **more}
    return Order(str(exam), exam.parent / "roster.csv", exam.parent / output, **given)  # type: ignore[arg-type]


def faults(wrong: Order) -> dict[str, Fault]:
    """What is wrong, by code; every fault says what to do."""
    with pytest.raises(UsageError) as caught:
        deal_exam(wrong)
    assert all(fault.place and fault.problem and fault.remedy.endswith(".") for fault in caught.value.faults)
    return {fault.code: fault for fault in caught.value.faults}


def asked(dealt: Dealt) -> dict[str, tuple[str, ...]]:
    """Student → tasks."""
    return {ticket.student: ticket.tasks for ticket in dealt.tickets.ticket}


def marked(exam: Path, delivery: Path, run: str = "run") -> dict[str, Record]:
    """Grade a delivery by the tickets."""
    request = Request(str(exam), delivery, exam.parent / run, tickets=exam.parent / "tickets")
    grade(request, lambda done, total, student: None, "A")
    with Ledger(exam.parent / run / LEDGER) as ledger:
        return {entry.student: entry.record for entry in ledger.entries()}


def found(record: Record) -> dict[str, str]:
    """Part → finding."""
    return {f"{v.task}.{v.part}": v.finding for mark in record.marks for v in mark.verdicts}


def test_everyone_gets_a_ticket_a_paper_and_sheets(exam: Path) -> None:
    """One question each and the problem that was asked for; neighbours have different questions."""
    dealt = deal_exam(order(exam, optional=("t1",)))
    tickets = asked(dealt)
    assert list(tickets) == ["anna", "борис", "clara", "d%2F"]
    assert all(len(tasks) == 2 and tasks[1] == "t1" for tasks in tickets.values())
    firsts = [tasks[0] for tasks in tickets.values()]
    assert all(one != other for one, other in pairwise(firsts))
    folder = exam.parent / "tickets"
    written = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    names = ("anna", "борис", "clara", "d%2F")
    assert written == {
        "tickets.toml", "papers.html", "key.html",
        *(f"papers/{name}.html" for name in names),
        *(f"key/{name}.html" for name in names),
        *(f"sheets/{name}.{form}" for name in names for form in ("ipynb", "md", "toml")),
    }  # fmt: skip


def test_the_same_seed_deals_the_same_bytes(exam: Path) -> None:
    """Everything can be dealt again; another seed deals other numbers."""
    for output, seed in (("tickets", None), ("again", None), ("other", "2")):
        deal_exam(order(exam, output, seed=seed))
    files = {file.relative_to(exam.parent / "tickets") for file in (exam.parent / "tickets").rglob("*.*")}
    bytes_of = {
        output: {
            file: (exam.parent / output / file).read_bytes()
            for file in files
            if (exam.parent / output / file).is_file()
        }
        for output in ("tickets", "again", "other")
    }
    assert bytes_of["tickets"] == bytes_of["again"]
    papers = [file for file in files if file.parts[0] == "papers" and file.suffix == ".html"]
    assert all(bytes_of["tickets"][file] != bytes_of["other"][file] for file in papers)


def test_a_paper_speaks_the_language_of_its_student(exam: Path) -> None:
    """The roster's language, the time that this student has, and formulas in MathML."""
    start = {"start": datetime.fromisoformat("2026-12-01T10:00+03:00")}
    deal_exam(order(exam, **start))
    english, russian = (
        (exam.parent / "tickets" / "papers" / f"{n}.html").read_text("utf-8") for n in ("anna", "борис")
    )
    assert ('lang="en"' in english, "60 minutes" in english, "1 December 2026, 10:00 – 11:00" in english) == (
        True,
        True,
        True,
    )
    assert ('lang="ru"' in russian, "75 минут" in russian, "1 декабря 2026, 10:00 – 11:15" in russian) == (
        True,
    ) * 3
    assert "<mtable" in english
    assert "$" not in re.sub(r"<style>.*?</style>", "", english, flags=re.DOTALL)


def answers(exam: Path, student: str, task: str) -> tuple[str, str]:
    """The right value and function of a student."""
    hand = deal(open_assignment(exam, exam.parent / "tickets"), student)[task]
    return str([2 * entry for entry in hand["v"][0]]), f"def scale_{task}(x):\n    return {hand['a']} * x\n"


def filled(exam: Path, student: str, task: str, form: str) -> str:
    """The student's sheet, with everything written in where it belongs."""
    text = (exam.parent / "tickets" / "sheets" / f"{student}.{form}").read_text("utf-8")
    value, function = answers(exam, student, task)
    prose = "Because it is so.\n\nAnd not otherwise: never."
    if form == "md":
        text = text.replace(f"{task}_z = ", f"{task}_z = {value}").replace(f"# scale_{task}\n", function)
        return text.replace(f"### {task}_why\n", f"### {task}_why\n\n{prose}\n")
    if form == "toml":
        text = text.replace("z = ''", f"z = '{value}'").replace("why = '''\n", f"why = '''\n{prose}\n")
        return text.replace(f"scale_{task} = '''\n", f"scale_{task} = '''\n{function}")
    book = json.loads(text)
    for cell in book["cells"]:
        cell["source"] = (
            cell["source"]
            .replace(f"{task}_z = None", f"{task}_z = {value}")
            .replace(f"# scale_{task}\n", function)
            .replace(f"### {task}_why\n", f"### {task}_why\n\n{prose}\n")
        )
    return json.dumps(book)


@pytest.mark.parametrize("form", ["ipynb", "md", "toml"])
def test_a_sheet_that_is_filled_in_is_marked(exam: Path, form: str) -> None:
    """Value, function and text are found in each of the three forms."""
    tickets = asked(deal_exam(order(exam)))
    delivery = exam.parent / "delivery"
    delivery.mkdir()
    for student, (task,) in tickets.items():
        (delivery / f"{student}.{form}").write_text(filled(exam, student, task, form), "utf-8")
    records = marked(exam, delivery)
    for student, (task,) in tickets.items():
        expected = {f"{task}.z": "right", f"{task}.scale_{task}": "right", f"{task}.why": "awaiting"}
        assert (student, found(records[student])) == (student, expected)
        assert [remark.code for remark in records[student].remarks] == []


def test_a_blank_sheet_answers_nothing(tmp_path: Path) -> None:
    """Nothing of what was given counts as an answer: all parts of the colloquium are missing, in every form."""
    forms = {"ivanov": "ipynb", "smith": "ipynb", "petrov": "md", "jones": "toml"}
    rows = "ivanov,ru\nsmith,en\npetrov,ru\njones,en\n"
    (tmp_path / "roster.csv").write_text(f"student,lang\n{rows}", "utf-8")
    wanted = Order(
        str(COLLOQUIUM), tmp_path / "roster.csv", tmp_path / "tickets", ("t1", "t2"), print_pdf=False
    )
    deal_exam(wanted)
    (tmp_path / "delivery").mkdir()
    for student, form in forms.items():
        shutil.copy(tmp_path / "tickets" / "sheets" / f"{student}.{form}", tmp_path / "delivery")
    request = Request(str(COLLOQUIUM), tmp_path / "delivery", tmp_path / "run", tickets=tmp_path / "tickets")
    grade(request, lambda done, total, student: None, "A")
    with Ledger(tmp_path / "run" / LEDGER) as ledger:
        records = [entry.record for entry in ledger.entries()]
    assert [len(record.marks) for record in records] == [4, 4, 4, 4]
    assert {finding for record in records for finding in found(record).values()} == {"missing"}


def test_the_key_holds_right_answers_mistakes_and_rubric(exam: Path) -> None:
    """Under each convention the right answer of these numbers; what a mistake gives; criteria; the code."""
    tickets = asked(deal_exam(order(exam)))
    (task,) = tickets["anna"]
    page = (exam.parent / "tickets" / "key" / "anna.html").read_text("utf-8")
    value, _ = answers(exam, "anna", task)
    first, second = value.strip("[]").split(", ")
    cells = re.findall(r"<td>(-?\d+)</td>", page)
    assert cells == [first, second, second, first, f"-{first}", f"-{second}"]
    assert all(
        text in page
        for text in ("forwards", "backwards", "The sign is lost.", "Says the second.", "return a * x")
    )
    index = (exam.parent / "tickets" / "key.html").read_text("utf-8")
    assert ("key/anna.html" in index, f"<code>{task}</code>" in index) == (True, True)


def test_history_is_respected(exam: Path) -> None:
    """Three hours with other questions each; then nobody has any left, and that is said."""
    had: dict[str, set[str]] = {}
    history: tuple[Path, ...] = ()
    for hour in ("one", "two", "three"):
        for student, (task,) in asked(deal_exam(order(exam, hour, history=history, seed=hour))).items():
            assert task not in had.setdefault(student, set())
            had[student].add(task)
        history += (exam.parent / hour,)
    told = faults(order(exam, "four", history=history))
    assert (set(told), "'борис'" in str(told) or "'d%2F'" in told["U162"].problem) == ({"U162"}, True)


def test_what_cannot_be_dealt_is_told_at_once(exam: Path) -> None:
    """An unknown optional task, a folder that is in use, no earlier tickets, and a row of the roster."""
    (exam.parent / "roster.csv").write_text("student,extra_minutes\nanna,soon\nboris,\n", "utf-8")
    (exam.parent / "tickets").mkdir()
    (exam.parent / "tickets" / "mine.txt").touch()
    told = faults(order(exam, optional=("q1",), history=(exam,)))
    assert {code: fault.place for code, fault in told.items()} == {
        "U160": f"{exam.parent / 'roster.csv'}:2",
        "U161": "--with q1",
        "U163": str(exam.parent / "tickets"),
        "U164": str(exam),
    }
    assert not (exam.parent / "tickets" / "tickets.toml").exists()


def test_an_assignment_without_tickets_asks_everything(tmp_path: Path) -> None:
    """Without `[ticket]` everyone is dealt all tasks."""
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    folder = course(
        tmp_path / "exam", toml=TOML.partition("[ticket]")[0], q1=question("q1"), q2=question("q2")
    )
    assert set(asked(deal_exam(order(folder))).values()) == {("q1", "q2")}


def test_a_faulty_assignment_deals_nothing(exam: Path) -> None:
    """Faults of the assignment come first."""
    (exam / "q1.py").write_text('"""Title\n\nStatement."""\n', "utf-8")
    with pytest.raises(AuthoringError):
        deal_exam(order(exam))


def run(*arguments: object) -> tuple[int, str, str]:
    """Exit code and what is said of `grader …`."""
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.return_value, result.stdout, result.stderr


def test_without_a_browser_there_are_pages(exam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said how to get one, and dealing has succeeded all the same."""
    monkeypatch.setattr(printing, "browser", lambda: "")
    code, out, err = run("deal", exam, exam.parent / "roster.csv", "-o", exam.parent / "tickets")
    assert (code, "apt-get install chromium" in err, len(out.splitlines())) == (0, True, 4)
    assert not list((exam.parent / "tickets").rglob("*.pdf"))


def test_a_browser_that_fails_is_said(exam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that is no browser costs the PDFs, nothing else."""
    monkeypatch.setattr(printing, "browser", lambda: shutil.which("true"))
    code, _, err = run("deal", exam, exam.parent / "roster.csv", "-o", exam.parent / "tickets")
    assert (code, "the HTML files are whole" in err) == (0, True)
    assert (
        tomllib.loads((exam.parent / "tickets" / "tickets.toml").read_text("utf-8"))["assignment"] == "exam"
    )


@pytest.mark.skipif(not printing.browser(), reason="no Chromium is installed")
def test_papers_are_printed(exam: Path) -> None:
    """A PDF beside each page, whole, and nothing else is left."""
    dealt = deal_exam(order(exam, print_pdf=True))
    assert (dealt.remarks, dealt.printed) == ([], 4)
    folder = exam.parent / "tickets"
    pdfs = [*folder.glob("*.pdf"), *(folder / "papers").glob("*.pdf")]
    assert len(pdfs) == 5
    for pdf in pdfs:
        assert (pdf.read_bytes()[:5], pdf.read_bytes().rstrip()[-5:]) == (b"%PDF-", b"%%EOF")
    assert not list(folder.rglob(".*"))


@pytest.mark.parametrize("start", ["tomorrow", "2026-12-01T10:00"])
def test_a_start_needs_an_offset(exam: Path, start: str) -> None:
    """A time that is none, or that could be anywhere, is refused with an example."""
    with pytest.raises(Exception, match=r"write 2026-12-01T10:00\+03:00"):
        run("deal", exam, exam.parent / "roster.csv", "-o", exam.parent / "tickets", "--start", start)


def test_extra_minutes_are_on_the_ticket(exam: Path) -> None:
    """What the roster grants is known when the roster is not at hand any more."""
    dealt = deal_exam(order(exam))
    assert [ticket.extra_minutes for ticket in dealt.tickets.ticket] == [0, 15, 0, 0]
