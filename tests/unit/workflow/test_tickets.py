"""Whoever has a ticket is marked by it: what is not on it is neither zero nor in the total."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from grader.author.tickets import Ticket, Tickets, tickets_in, written
from grader.errors import Fault, UsageError
from grader.judge.dealing import deal
from grader.ledger import Ledger
from grader.model.gradebook import Record
from grader.workflow.checking import check
from grader.workflow.grading import Request, Tally, grade
from grader.workflow.opening import LEDGER, open_assignment
from grader.workflow.remarking import remark
from tests.courses import CODE, DECISIONS, course

VALUE = """
from grader.comparators.value import Value

{part} = Answer("{part}", {points}, Value())
task = Task(parts=[{part}], variants={{"a": tuple(range(10, 30))}})


@{part}.oracle
def right(a):
    return {factor} * a
"""
TASKS = {
    name: VALUE.format(part="v", points=points, factor=factor)
    for name, points, factor in (("q1", 1, 2), ("q2", 2, 3), ("q3", 3, 5))
}


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """Three questions worth one, two and three points."""
    return course(tmp_path / "exam", toml=DECISIONS, **TASKS)


def hand_in(exam: Path, student: str, tasks: tuple[str, ...], tickets: Path | None = None) -> None:
    """Hand in an answer sheet with right answers to `tasks`."""
    assignment = open_assignment(exam, tickets)
    factors = {"q1": 2, "q2": 3, "q3": 5}
    lines = []
    for task in tasks:
        a = deal(assignment, student)[task]["a"]
        lines.append(f"{task}_v = {factors[task] * a}")
    folder = exam.parent / "delivery"
    folder.mkdir(exist_ok=True)
    (folder / f"{student}.md").write_text("\n".join(lines) + "\n", "utf-8")


def tickets_file(folder: Path, *tickets: Ticket, **more: object) -> Path:
    """A file of tickets."""
    file = folder / "tickets.toml"
    file.write_text(written(Tickets("exam", ticket=tickets, **more)), "utf-8")  # type: ignore[arg-type]
    return file


def graded(exam: Path, tickets: Path | None, roster: Path | None = None) -> Tally:
    """Grade what was handed in."""
    request = Request(str(exam), exam.parent / "delivery", exam.parent / "run", roster, tickets=tickets)
    return grade(request, lambda done, total, student: None, "A")[1]


def records(exam: Path) -> dict[str, Record]:
    """Records by student."""
    with Ledger(exam.parent / "run" / LEDGER) as ledger:
        return {entry.student: entry.record for entry in ledger.entries()}


def test_only_what_is_on_the_ticket_counts(exam: Path) -> None:
    """Two students with other tickets: marks, totals and what could be earned are those of the own ticket."""
    tickets = tickets_file(exam.parent, Ticket("anna", ("q1", "q3")), Ticket("boris", ("q2",), "Boris", "ru"))
    hand_in(exam, "anna", ("q1",))
    hand_in(exam, "boris", ("q2",))
    graded(exam, tickets)
    found = {
        student: (record.points, record.possible, [mark.task for mark in record.marks])
        for student, record in records(exam).items()
    }
    assert found == {"anna": (1, 4, ["q1", "q3"]), "boris": (2, 2, ["q2"])}
    page = (exam.parent / "run" / "feedback" / "boris.html").read_text("utf-8")
    assert ('lang="ru"' in page, "task-q2" in page, "task-q1" in page) == (True, True, False)


def test_the_gradebook_leaves_empty_what_was_not_asked(exam: Path) -> None:
    """Percent are of the own ticket; a task that nobody is asked has no column."""
    tickets = tickets_file(exam.parent, Ticket("anna", ("q1",)), Ticket("boris", ("q3",)))
    hand_in(exam, "anna", ("q1",))
    hand_in(exam, "boris", ())
    graded(exam, tickets)
    with (exam.parent / "run" / "gradebook.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    kept = ("student", "q1", "q3", "total", "max", "percent")
    assert [[line[key] for key in kept] for line in lines] == [
        ["anna", "1", "", "1", "1", "100"],
        ["boris", "", "0", "0", "3", "0"],
    ]
    assert "q2" not in lines[0]
    book = json.loads((exam.parent / "run" / "gradebook.json").read_text("utf-8"))
    assert [list(student["tasks"]) for student in book["students"]] == [["q1"], ["q3"]]


def test_who_does_not_hand_in_is_asked_the_own_ticket_only(exam: Path) -> None:
    """An absent student of the tickets gets zero of what the ticket is worth, without any roster."""
    tickets = tickets_file(exam.parent, Ticket("anna", ("q1",)), Ticket("vera", ("q2", "q3")))
    hand_in(exam, "anna", ("q1",))
    graded(exam, tickets)
    absent = records(exam)["vera"]
    assert (absent.status, absent.points, absent.possible) == ("not_submitted", 0, 5)


def test_the_run_knows_its_tickets(exam: Path) -> None:
    """Grading on and judging again need no option: nothing moves and nobody is posed anything anew."""
    tickets = tickets_file(exam.parent, Ticket("anna", ("q1",)))
    hand_in(exam, "anna", ("q1",))
    graded(exam, tickets)
    again = graded(exam, None)
    assert (again.known, again.posed) == (1, 0)
    assert (remark(exam.parent / "run").moves, records(exam)["anna"].possible) == ((), 1)


def test_another_ticket_is_marked_anew(exam: Path) -> None:
    """When one ticket is mended, its student is posed what is asked now, and nobody else."""
    hand_in(exam, "anna", ("q1", "q2"))
    hand_in(exam, "boris", ("q1",))
    graded(exam, tickets_file(exam.parent, Ticket("anna", ("q1",)), Ticket("boris", ("q1",))))
    mended = tickets_file(exam.parent, Ticket("anna", ("q2",)), Ticket("boris", ("q1",)))
    tally = graded(exam, mended)
    assert (tally.posed, tally.known, records(exam)["anna"].points) == (1, 1, 2)


def test_tickets_bring_a_seed_of_their_own(exam: Path) -> None:
    """Numbers are dealt by the seed of the tickets, so that a second hour has other ones."""
    tickets = tickets_file(exam.parent, Ticket("anna", ("q1", "q2", "q3")), seed="autumn")
    hand_in(exam, "anna", ("q1", "q2", "q3"), tickets)
    graded(exam, tickets)
    assert records(exam)["anna"].points == 6
    with pytest.raises(UsageError) as caught:
        graded(exam, tickets_file(exam.parent, Ticket("anna", ("q1",)), seed="winter"))
    assert [fault.code for fault in caught.value.faults] == ["U113"]


def test_a_check_asks_what_the_ticket_asks(exam: Path) -> None:
    """A file is checked against the ticket of its student; without one it is said who has none."""
    tickets = tickets_file(exam.parent, Ticket("anna", ("q3",)))
    hand_in(exam, "anna", ("q3",))
    _, _, record = check(str(exam), exam.parent / "delivery" / "anna.md", "", "", False, tickets)
    assert [(mark.task, mark.points) for mark in record.marks] == [("q3", Fraction(3))]
    with pytest.raises(UsageError) as caught:
        check(str(exam), exam.parent / "delivery" / "anna.md", "zoe", "", False, tickets)
    assert [fault.code for fault in caught.value.faults] == ["U129"]


def test_nobody_is_marked_without_a_ticket(exam: Path) -> None:
    """Who handed in or is expected without a ticket is named, before anything is written."""
    hand_in(exam, "anna", ("q1",))
    hand_in(exam, "zoe", ("q1",))
    with pytest.raises(UsageError) as caught:
        graded(exam, tickets_file(exam.parent, Ticket("anna", ("q1",))))
    (fault,) = caught.value.faults
    assert (fault.code, "zoe" in fault.problem, "anna" in fault.problem) == ("U129", True, False)
    assert not (exam.parent / "run").exists()


def test_everyone_may_be_asked_the_same(exam: Path) -> None:
    """`everyone` is the ticket of whoever has no other one."""
    hand_in(exam, "anna", ("q1",))
    hand_in(exam, "zoe", ("q2",))
    graded(exam, tickets_file(exam.parent, Ticket("anna", ("q1",)), everyone=("q2", "q3")))
    assert [(r.points, r.possible) for r in records(exam).values()] == [(1, 1), (2, 5)]


FAULTY = {
    "not TOML": ('assignment = "exam\n', {"U124": 1}),
    "unknown key": (
        'assignment = "exam"\n[[ticket]]\nstudent = "a"\ntasks = ["q1"]\nmark = 1\n',
        {"U124": 0},
    ),
    "wrong type": ('assignment = "exam"\neveryone = "q1"\n', {"U124": 0}),
    "other assignment": ('assignment = "essay"\neveryone = ["q1"]\n', {"U125": 1}),
    "unknown task": ('assignment = "exam"\neveryone = ["q1",\n"q9"]\n', {"U126": 3}),
    "two tickets": (
        'assignment = "exam"\n[[ticket]]\nstudent = "a"\ntasks = ["q1"]\n[[ticket]]\nstudent = "a"\ntasks = ["q2"]\n',
        {"U127": 3},
    ),
    "nothing asked": ('assignment = "exam"\n[[ticket]]\nstudent = "a"\ntasks = []\n', {"U128": 3}),
}


def faults(text: str) -> list[Fault]:
    """What is wrong with tickets of `exam`."""
    return tickets_in(text, "tickets.toml", "exam", ("q1", "q2", "q3"))[1]


@pytest.mark.parametrize("name", FAULTY)
def test_faulty_tickets_are_told(name: str) -> None:
    """Each fault is told with its line and a remedy."""
    text, expected = FAULTY[name]
    places = {code: f"tickets.toml:{line}" if line else "tickets.toml" for code, line in expected.items()}
    found = faults(text)
    assert {fault.code: fault.place for fault in found} == places
    assert all(fault.problem and fault.remedy.endswith(".") for fault in found)


def test_tickets_that_are_not_there(exam: Path) -> None:
    """A path that leads nowhere is told."""
    with pytest.raises(UsageError) as caught:
        open_assignment(exam, exam.parent / "nowhere.toml")
    assert [fault.code for fault in caught.value.faults] == ["U123"]


def test_tickets_survive_being_written(exam: Path) -> None:
    """What is written is read back, whatever the names hold."""
    held = (
        Ticket('O"Neil\\', ("q1", "q2"), "Имя\twith\n\x7f\x01 \u2028 \U0001f600", "en"),
        Ticket("Ёлкин", ("q3",), extra_minutes=15),
    )
    tickets = Tickets("exam", "seed", datetime.fromisoformat("2026-12-01T10:00+03:00"), ("q1",), held)
    assert tickets_in(written(tickets), "", "exam", ("q1", "q2", "q3")) == (tickets, [])


def class_page(exam: Path) -> str:
    """The instructor's page, without markup."""
    text = (exam.parent / "run" / "class.html").read_text("utf-8")
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def page(exam: Path, student: str) -> str:
    """A student's page."""
    return (exam.parent / "run" / "feedback" / f"{student}.html").read_text("utf-8")


FORMS = {
    "md": ("anna.md", "## q2\n\nv = {answer}\n"),
    "toml": ("anna.toml", "[q2]\nv = '{answer}'\n"),
    "script": ("anna.py", "q2_v = {answer}\n"),
    "mapping": ("anna.py", "q2 = {{'v': {answer}}}\n"),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_wrong_ticket_is_said(exam: Path, form: str) -> None:
    """To the student what was answered and what was asked; to the instructor also whose ticket asks that."""
    tickets = tickets_file(exam.parent, Ticket("anna", ("q1", "q3")), Ticket("boris", ("q2",)))
    name, text = FORMS[form]
    (exam.parent / "delivery").mkdir()
    (exam.parent / "delivery" / name).write_text(text.format(answer=33), "utf-8")
    graded(exam, tickets)
    said = "not on your ticket were found: q2. They were not marked. Your ticket asks: q1, q3."
    assert said in page(exam, "anna")
    assert "boris" not in page(exam, "anna")
    assert "anna q2 q1, q3 boris" in class_page(exam)
    assert (records(exam)["anna"].points, records(exam)["anna"].possible) == (0, 4)


@pytest.mark.parametrize(
    "blank", ["q2_v = None\n", "q2_v = ''  # here\n", "q2 = 5\n", "q2_v == 3\n", "x = q2_v = 3\n"]
)
def test_what_is_no_answer_is_no_wrong_ticket(exam: Path, blank: str) -> None:
    """Blank variables, and others that only bear a task's name, such as `t1` for a time."""
    tickets = tickets_file(exam.parent, Ticket("anna", ("q1",)), Ticket("boris", ("q2",)))
    (exam.parent / "delivery").mkdir()
    (exam.parent / "delivery" / "anna.py").write_text(blank + "q1_v = 1\n", "utf-8")
    graded(exam, tickets)
    assert "other_ticket" not in [remark.code for remark in records(exam)["anna"].remarks]


def test_a_function_of_another_ticket_counts_where_one_is_missing(exam: Path) -> None:
    """Who answers all that is asked may write any function; who does not has mistaken the ticket."""
    course(exam, toml=DECISIONS, q4=CODE)
    tickets = tickets_file(
        exam.parent, Ticket("anna", ("q1",)), Ticket("boris", ("q1",)), Ticket("vera", ("q4",))
    )
    folder = exam.parent / "delivery"
    folder.mkdir()
    function = "def double(x):\n    return 2 * x\n"
    (folder / "anna.py").write_text(function, "utf-8")
    (folder / "boris.py").write_text(function + "q1_v = 3\n", "utf-8")
    graded(exam, tickets)
    codes = {student: [r.code for r in record.remarks] for student, record in records(exam).items()}
    assert ("other_ticket" in codes["anna"], "other_ticket" in codes["boris"]) == (True, False)


def test_what_was_looked_for_is_what_was_asked(exam: Path) -> None:
    """A file without answers is told the tasks of the own ticket, not all there are."""
    tickets = tickets_file(exam.parent, Ticket("anna", ("q1", "q3")))
    (exam.parent / "delivery").mkdir()
    (exam.parent / "delivery" / "anna.md").write_text("Nothing comes to mind.\n", "utf-8")
    graded(exam, tickets)
    assert "Looked for: q1, q3." in page(exam, "anna")


def test_an_answer_for_somebody_elses_numbers_is_reported(exam: Path) -> None:
    """To the instructor, with whose; nothing of it on any student's page."""
    numbers = {
        s: deal(open_assignment(exam), s)["q1"]["a"] for s in ("anna", "boris", "clara", "dmitri", "eva")
    }
    tickets = tickets_file(exam.parent, *(Ticket(student, ("q1", "q2")) for student in numbers))
    copier, source = next((a, b) for a in numbers for b in numbers if numbers[a] != numbers[b])
    hand_in(exam, source, ("q1", "q2"))
    (exam.parent / "delivery" / f"{copier}.md").write_text(
        (exam.parent / "delivery" / f"{source}.md").read_text("utf-8"), "utf-8"
    )
    graded(exam, tickets)
    assert f"{copier} {source} 2 q1.v q2.v" in class_page(exam)
    assert source not in page(exam, copier)
    assert "Right for somebody else" not in page(exam, copier) + page(exam, source)
    assert remark(exam.parent / "run").moves == ()
    assert f"{copier} {source} 2 q1.v q2.v" in class_page(exam)


def test_an_answer_that_fits_half_the_class_says_nothing(exam: Path) -> None:
    """What is right for many others is no sign of copying from any of them."""
    students = [f"s{number}" for number in range(40)]
    numbers = {student: deal(open_assignment(exam), student)["q1"]["a"] for student in students}
    common, count = Counter(numbers.values()).most_common(1)[0]
    assert count > 3, "twenty values for forty students"
    copier = next(student for student in students if numbers[student] != common)
    tickets = tickets_file(exam.parent, *(Ticket(student, ("q1",)) for student in students))
    hand_in(exam, students[0], ())
    (exam.parent / "delivery" / f"{copier}.md").write_text(f"q1_v = {2 * common}\n", "utf-8")
    graded(exam, tickets)
    assert "Right for somebody else" not in class_page(exam)


BUILDING = """
from grader.comparators.value import Value

own = Answer("own", 1, Value())
more = Answer("more", 4, Value(), asks="One more than in question one.")
task = Task(parts=[own, more])


@own.oracle
def right():
    return 5


@more.oracle
def one_more(q1_v):
    return q1_v + 1
"""


def test_a_part_that_builds_on_another_task_needs_it_on_the_ticket(exam: Path) -> None:
    """Else it is not asked: it is neither on the page nor in what could be earned, handed in or not."""
    course(exam, toml=DECISIONS, q4=BUILDING)
    tickets = tickets_file(exam.parent, *(Ticket(s, t) for s, t in BUILT.items()))
    for student, tasks in BUILT.items():
        hand_in(exam, student, tuple(task for task in tasks if task == "q1"))
        file = exam.parent / "delivery" / f"{student}.md"
        v = 2 * deal(open_assignment(exam), student)["q1"]["a"]
        file.write_text(file.read_text("utf-8") + f"q4_own = 5\nq4_more = {v + 1}\n", "utf-8")
    (exam.parent / "delivery" / "vera.md").unlink()
    graded(exam, tickets)
    found = {student: (record.points, record.possible) for student, record in records(exam).items()}
    assert found == {"anna": (6, 6), "boris": (1, 1), "vera": (0, 1)}
    shown = {
        student: "One more than in question one." in page(exam, student) for student in ("anna", "boris")
    }
    assert shown == {"anna": True, "boris": False}


BUILT = {"anna": ("q1", "q4"), "boris": ("q4",), "vera": ("q4",)}
