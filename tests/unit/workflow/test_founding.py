"""New tasks and courses can be used as they are written, and nothing that exists is replaced."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from grader.author.assignment import Assignment
from grader.author.catalogue import folded
from grader.author.readings import sentences
from grader.errors import AuthoringError, UsageError
from grader.judge.dealing import cases_of, deal
from grader.workflow.checking import check
from grader.workflow.founding import FIRST, kinds, new_course, new_task
from grader.workflow.grading import Request, Tally, grade
from grader.workflow.opening import open_assignment
from grader.workflow.proofreading import Order, proofread
from tests.courses import DECISIONS, course
from tests.unit.workflow.backend import FakeLocal, backend

__all__ = ["backend"]
ROOT = Path(__file__).resolve().parents[3]
BOTH = 'title = { en = "Trial", ru = "Проба" }\nlanguage = "en"\nseed = "1"\n'
MIXTURES = [*combinations(kinds(), 1), *combinations(kinds(), 2), tuple(kinds())]


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """An assignment without tasks."""
    return course(tmp_path / "exam", toml=BOTH)


def graded(request: Request) -> Tally:
    """Grade, and forget the assignment."""
    return grade(request, lambda done, total, student: None, "A")[1]


def texts(assignment: Assignment, name: str) -> set[str]:
    """Everything that a student may read of a task."""
    task, hand = assignment.tasks[name], deal(assignment, "somebody")
    said = [task.title, task.statement]
    said += [value for values in task.conventions.values() for value in values.values()]
    for part in task.parts:
        said += [part.asks, *sentences(part).values()]
        said += [criterion.says for criterion in getattr(part, "criteria", ())]
        said += [case.aspect for case in cases_of(assignment, task, part, hand[name])]
    return {folded(text) for text in said if text.strip()}


@pytest.mark.parametrize("wanted", MIXTURES, ids="+".join)
def test_a_new_task_can_be_used_as_it_stands(wanted: tuple[str, ...], exam: Path) -> None:
    """Of one kind or of several: it raises no fault, and its catalogue says exactly what the task says."""
    files, listed = new_task(exam, "q1", wanted)
    assignment = open_assignment(exam)
    assert (files, listed) == ([exam.resolve() / "q1.py", exam.resolve() / "locale" / "ru" / "q1.po"], True)
    with files[1].open("rb") as stream:
        keys = {str(message.id) for message in read_po(stream) if message.id}
    assert keys == texts(assignment, "q1")
    assert all(assignment.catalogue.has("ru", text) for text in keys)


def test_a_new_task_passes_proofreading(exam: Path) -> None:
    """Of every kind, as it stands, and so does one that asks all of them."""
    for kind in kinds():
        new_task(exam, f"q_{kind}", [kind])
    new_task(exam, "q_all", kinds())
    assert proofread(Order(str(exam), quick=True), lambda done, total, unit: None).faults == []


def test_a_new_task_is_formatted(exam: Path) -> None:
    """As the tasks of this repository are."""
    for kind in kinds():
        new_task(exam, f"q_{kind}", [kind])
    new_task(exam, "q_all", kinds())
    ruff = [sys.executable, "-m", "ruff"]
    settings = ["--config", str(ROOT / "pyproject.toml"), "--no-cache", str(exam)]
    ignored = ["--ignore", "D103"]  # as for the course's own tasks
    for command in ([*ruff, "check", *ignored, *settings], [*ruff, "format", "--diff", *settings]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) in ((0, ""), (0, "All checks passed!\n")), (
            done.stdout + done.stderr
        )


def test_an_english_course_gets_no_translation(tmp_path: Path) -> None:
    """Where neither title nor language is Russian."""
    files, _ = new_task(course(tmp_path / "exam", toml=DECISIONS), "q1", ["value"])
    assert [file.name for file in files] == ["q1.py"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Q 1", "q_1"),
        ("1st", "task_1st"),
        ("class", "task_class"),
        ("Свёртка", "task"),
        ("", "task"),
        ("a/b", "a_b"),
    ],
)
def test_a_name_that_no_task_can_have_is_refused(name: str, meant: str, exam: Path) -> None:
    """U141 says which one would do, and nothing is written."""
    before = sorted(exam.rglob("*"))
    with pytest.raises(UsageError) as caught:
        new_task(exam, name, ["value"])
    (fault,) = caught.value.faults
    assert (fault.code, f"such as {meant!r}" in fault.remedy) == ("U141", True)
    assert sorted(exam.rglob("*")) == before


def test_nothing_is_overwritten(exam: Path) -> None:
    """U142 names every file that is in the way, be it only the translation."""
    new_task(exam, "q1", ["value"])
    before = {file: file.read_bytes() for file in exam.rglob("*") if file.is_file()}
    with pytest.raises(UsageError) as caught:
        new_task(exam, "q1", ["code"])
    assert [fault.code for fault in caught.value.faults] == ["U142", "U142"]
    (exam / "q1.py").unlink()
    with pytest.raises(UsageError) as caught:
        new_task(exam, "q1", ["code"])
    assert [Path(fault.place).name for fault in caught.value.faults] == ["q1.po"]
    assert before == {**before, **{file: file.read_bytes() for file in exam.rglob("*") if file.is_file()}}


@pytest.mark.parametrize(
    ("listed", "becomes"),
    [
        ('tasks = ["a"]  # in order', 'tasks = ["a", "q1"]  # in order'),
        ("tasks = [\n  'a',  # first\n  'b',\n]", "tasks = [\n  'a',  # first\n  'b', \"q1\",\n]"),
        ('tasks = ["a", "q1"]', 'tasks = ["a", "q1"]'),
        ("tasks = []", "tasks = []"),
        ('tasks = ["a",\n  # "]"\n]', 'tasks = ["a",\n  # "]"\n]'),
        ('tasks = ["a"  # ]"\n]', 'tasks = ["a"  # ]"\n]'),
    ],
)
def test_a_new_task_is_listed(listed: str, becomes: str, exam: Path) -> None:
    """At the end of the list, with nothing else of the file changed; or the author is told to list it."""
    file = exam / "assignment.toml"
    file.write_text(f"{BOTH}{listed}\n[limits]\ncpu_seconds = 3\n")
    _, done = new_task(exam, "q1", ["value"])
    assert file.read_text() == f"{BOTH}{becomes}\n[limits]\ncpu_seconds = 3\n"
    tasks = tomllib.loads(file.read_text())["tasks"]
    assert done == (not tasks or "q1" in tasks)


def test_a_faulty_assignment_is_told_first(exam: Path) -> None:
    """Before anything is written."""
    (exam / "assignment.toml").write_text("title = [")
    with pytest.raises(AuthoringError, match="A102"):
        new_task(exam, "q1", ["value"])
    assert not (exam / "q1.py").exists()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_new_course_can_be_graded(language: str, tmp_path: Path, backend: FakeLocal) -> None:
    """One of its made-up students is right throughout, the other one makes a known mistake in every task."""
    folder = tmp_path / "course"
    files = new_course(folder, "first", language)
    assert sorted(files) == sorted(file for file in folder.rglob("*") if file.is_file())
    request = Request(
        str(folder / "assignments" / "first"), folder / "submissions", folder / "RUN", folder / "roster.csv"
    )
    graded(request)
    with (folder / "RUN" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert {row["student"]: (row["total"], row["max"]) for row in csv.DictReader(stream)} == {
            "ivanova": ("6", "6"),
            "petrov": ("3", "6"),
        }
    _, _, record = check(request.assignment, request.submissions / "petrov.py", "", language, True)
    found = {mark.task: [verdict.finding for verdict in mark.verdicts] for mark in record.marks}
    assert found == {
        "tables": ["misconception"],
        "product": ["misconception"],
        "layer": ["misconception", "followed"],
    }
    assert list(found) == list(FIRST)


def test_a_new_course_takes_no_folder_that_is_in_use(tmp_path: Path) -> None:
    """U143, be it a file or a folder with something in it; an empty folder will do."""
    (tmp_path / "file").touch()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "something").touch()
    (tmp_path / "empty").mkdir()
    for name in ("file", "full"):
        with pytest.raises(UsageError, match="U143"):
            new_course(tmp_path / name, "first", "en")
    with pytest.raises(UsageError, match="U141"):
        new_course(tmp_path / "empty", "../first", "en")
    assert new_course(tmp_path / "empty", "first", "en")


@pytest.mark.parametrize("where", [".", "course", "course/assignments/first", "elsewhere"])
def test_a_course_is_used_from_any_folder(
    where: str, tmp_path: Path, backend: FakeLocal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a relative path, an absolute one, or its name in `assignments/`; the marks are the same."""
    new_course(tmp_path / "course", "first", "en")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / where)
    home = tmp_path / "course" / "assignments" / "first"
    names = [str(home), str(_relative(home)), *["first"] * (where == "course")]
    for name in names:
        _, _, record = check(
            name, _relative(tmp_path / "course" / "submissions" / "petrov.py"), "", "en", True
        )
        assert sum(float(mark.points or 0) for mark in record.marks) == 3
        request = Request(name, _relative(tmp_path / "course" / "submissions"), tmp_path / "RUN")
        assert (graded(request).students, graded(request).known) == (2, 2)


def _relative(path: Path) -> Path:
    """`path` as seen from the current folder."""
    return Path(os.path.relpath(path))
