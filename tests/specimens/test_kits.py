"""A kit says what the assignment says, and holds nothing that it should not."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from grader.author.assignment import Assignment
from grader.author.parts import Answer, Code
from grader.judge.dealing import cases_of, deal
from grader.model.given import encoded_argument
from grader.model.gradebook import Student
from grader.model.kit import Kit
from grader.reports import terminal
from grader.reports.page import gather
from grader.workflow.checking import check, unchecked
from grader.workflow.judging import judged
from grader.workflow.kits import open_kit, release
from grader.workflow.opening import open_assignment

ROOT = Path(__file__).resolve().parents[2]
COLLOQUIUM = str(ROOT / "assignments" / "colloquium")
DELIVERY = ROOT / "tests" / "specimens" / "colloquium" / "delivery"
STUDENTS = ("sidorov", "titov", "vinogradov")


@pytest.fixture(scope="module")
def colloquium() -> Assignment:
    """The course's own assignment."""
    return open_assignment(COLLOQUIUM)


def file_of(student: str) -> Path:
    """What a student of the specimens handed in."""
    return next(path for path in sorted(DELIVERY.iterdir()) if path.name.partition(".")[0] == student)


@pytest.fixture(scope="module")
def kits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit for each of the students."""
    folder = tmp_path_factory.mktemp("kits")
    for student in STUDENTS:
        release(
            COLLOQUIUM, folder / student, [Student(student)], "ru", "py" if student == "titov" else "ipynb"
        )
    return folder


def test_a_kit_finds_what_the_assignment_finds(kits: Path) -> None:
    """Of each function: the same finding, codes and first difference, and the same lines in the terminal."""
    compared = []
    for student in STUDENTS:
        course_, expectations, record = check(COLLOQUIUM, file_of(student), student, "ru", False)
        _, replayed = open_kit(kits / student / "kit.json")
        again = judged(replayed, record.student, record.observations, record.remarks, "", "")
        theirs = {(mark.task, verdict.part): verdict for mark in record.marks for verdict in mark.verdicts}
        lines = terminal.render(gather(course_, expectations, record, "ru")).splitlines()
        ours = terminal.render(gather(replayed.assignment, replayed, again, "ru")).splitlines()
        for mark in again.marks:
            for verdict in mark.verdicts:
                other = theirs[mark.task, verdict.part]
                if other.conventions == verdict.conventions:  # answers on paper may speak for another choice
                    assert verdict == other
                    compared.append(verdict.finding)
        assert {line for line in ours if line.startswith("    ")} - set(lines) == set()
    assert {finding: compared.count(finding) >= 3 for finding in ("right", "misconception")} == {
        "right": True,
        "misconception": True,
    }


def test_a_kit_works_alone(kits: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From its folder, with what is written down looked for and not judged."""
    monkeypatch.chdir(kits / "sidorov")
    (tmp_path / "sidorov.py").write_text(
        "def linear_backward(x, W, dz):\n    return dz.T @ x, dz @ W.T\n\n\nq10_z = [1, 2]\n", "utf-8"
    )
    whole, expectations, record = check(".", tmp_path / "sidorov.py", "", "en", every_case=True)
    said = terminal.render(gather(expectations.assignment, expectations, record, "en"))
    assert "Your matrix is the transpose of the right one" in said
    told = unchecked(whole, expectations, record)
    assert (told["q10.z"], told["q10.dW"]) == (True, False)
    assert not any(
        name.startswith("q10.z") for mark in record.marks for name in (v.part for v in mark.verdicts)
    )


@pytest.mark.parametrize("student", STUDENTS[:2])
def test_what_is_as_begun_earns_nothing(student: str, kits: Path) -> None:
    """Neither by the kit nor by the assignment, with hidden cases."""
    (begun,) = (file for file in (kits / student).iterdir() if file.stem == student)
    for name, every_case in ((str(kits / student), False), (COLLOQUIUM, True)):
        _, _, record = check(name, begun, student, "en", every_case)
        assert {mark.task: mark.points for mark in record.marks if mark.points} == {}
        assert record.status in ("marked", "awaiting_a_person")


def test_a_kit_keeps_what_is_not_to_be_seen(colloquium: Assignment, kits: Path) -> None:
    """No hidden case, no dealt parameter that stands in no text, nothing that is expected on paper, no source."""
    text = (kits / "sidorov" / "kit.json").read_text("utf-8")
    kit = msgspec.json.decode(text, type=Kit)
    hand = deal(colloquium, "sidorov")
    for told in kit.tasks:
        task = colloquium.tasks[told.name]
        assert {part.name for part in told.parts} <= {p.name for p in task.parts if isinstance(p, Code)}
        assert {part.name for part in task.parts if isinstance(part, Answer)} <= {
            u.name for u in told.unchecked
        }
        words = " ".join([task.statement, *(part.asks for part in task.parts)])
        assert all(f"{{{name}}}" in words for name in told.shown)
        for part in told.parts:
            cases = cases_of(colloquium, task, task.part(part.name), hand[task.name])
            assert [case.number for case in part.cases] == [n for n, case in enumerate(cases) if case.public]
            for case in cases:
                large = [one for one in map(base64, case.arguments) if len(one) > 40 and not case.public]
                assert not [one for one in large if one in text]
    assert "order" not in next(task for task in kit.tasks if task.name == "q13").shown
    assert kit.given == colloquium.given
    assert "def " not in msgspec.json.encode(msgspec.structs.replace(kit, given={})).decode()


def base64(argument: object) -> str:
    """The data of an array as it would stand in a kit; nothing for other arguments."""
    encoded = encoded_argument(argument)
    return encoded["a"][2] if isinstance(encoded, dict) and "a" in encoded else ""


def test_a_kit_in_two_languages(kits: Path) -> None:
    """Whatever the language of the notebook."""
    whole, _ = open_kit(kits / "sidorov" / "kit.json")
    title = "Convolutional layer"
    assert whole.say("ru", title) != title == whole.say("en", title)
    assert "Свёрточный слой" in (kits / "sidorov" / "sidorov.ipynb").read_text("utf-8")
