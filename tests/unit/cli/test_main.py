"""The command line ends with the right code and says what to do, without a traceback."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.cli import demo, main
from grader.cli import grade as grade_command
from grader.errors import InternalError
from grader.model.observation import Observation
from grader.workflow import grading
from tests.courses import CODE, course
from tests.unit.workflow.backend import FakeLocal, backend

__all__ = ["backend"]


@pytest.fixture
def here(tmp_path: Path, backend: FakeLocal, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a course and a delivery, in which commands are typed."""
    course(tmp_path / "exam", q1=CODE)
    (tmp_path / "delivery").mkdir()
    (tmp_path / "delivery" / "a.py").write_text("def double(x):\n    return 2 * x\n")
    monkeypatch.setattr("grader.cli._run.level", lambda: "A")
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Typed:
    """What came of a command."""

    def __init__(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, line: str
    ) -> None:
        monkeypatch.setattr(sys, "argv", ["grader", *line.split()])
        with pytest.raises(SystemExit) as ended:
            main()
        self.code = ended.value.code
        self.out, self.err = capsys.readouterr()
        assert "Traceback" not in self.out + self.err


@pytest.fixture
def typed(here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Types a command."""
    return lambda line: Typed(capsys, monkeypatch, line)


def test_a_grading_that_went_well_is_zero(typed: Any) -> None:
    """Grading, remarking and reporting end with 0; the JSON of a run is one line."""
    assert typed("grade exam delivery -o run").code == 0
    assert typed("remark run").code == 0
    assert typed("report run").out == "1 pages in run/feedback\n"
    known = json.loads(typed("grade exam delivery -o run --json").out)
    assert (known["students"], known["known"], known["withheld"]) == (1, 1, 0)


def test_a_faulty_assignment_is_one(typed: Any, here: Path) -> None:
    """All its faults are on standard error, with their codes."""
    course(here / "exam", q1="import nothing_at_all", q2="x = 1")
    result = typed("grade exam delivery -o run")
    assert (result.code, result.out) == (1, "")
    assert [code in result.err for code in ("T101", "T102")] == [True, True]


@pytest.mark.parametrize(
    "line",
    [
        "grade nowhere delivery -o run",
        "grade exam nowhere -o run",
        "grade exam delivery -o run --backend cloud",
        "grade exam delivery -o run --workers 0",
        "grade exam delivery",
        "grade exam delivery -o delivery/run",
        "remark delivery",
        "report nowhere",
        "check exam nowhere.py",
        "nonsense",
    ],
)
def test_a_wrong_command_is_two(line: str, typed: Any, here: Path) -> None:
    """Nothing is written, and standard error says what is wrong."""
    result = typed(line)
    assert (result.code, result.out) == (2, "")
    assert result.err
    assert not (here / "run").exists()


def test_a_withheld_mark_is_three(typed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through our fault; also when the run is looked at again."""
    monkeypatch.setattr(FakeLocal, "_observed", lambda self, job: [("q1/double/0", Observation("faulted"))])
    assert [typed(line).code for line in ("grade exam delivery -o run", "remark run", "report run")] == [
        3,
        3,
        3,
    ]


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (
            OSError(28, "No space left on device", "run/gradebook.csv"),
            3,
            "run/gradebook.csv: No space left on device",
        ),
        (InternalError("the ledger cannot be written"), 3, "the ledger cannot be written"),
        (KeyboardInterrupt(), 130, "the same command goes on from here"),
    ],
)
def test_what_happens_to_a_run_is_told(
    error: BaseException, code: int, said: str, typed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, a locked ledger and an interruption end the run with a sentence, and it can go on."""

    def fail(*arguments: object) -> dict[str, str]:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(grading, "publish", fail)
        result = typed("grade exam delivery -o run")
    assert (result.code, said in result.err) == (code, True)
    assert typed("grade exam delivery -o run").code == 0


def test_a_page_that_is_missing_is_told(typed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The student and the reason stand on standard error, and the code is 3."""
    monkeypatch.setattr("grader.workflow.publishing.html.render", lambda page: 1 / 0)
    result = typed("grade exam delivery -o run")
    assert result.code == 3
    assert "no page for a: ZeroDivisionError: division by zero" in result.err


def test_a_demo_without_its_submissions_is_told(
    typed: Any, monkeypatch: pytest.MonkeyPatch, here: Path
) -> None:
    """An installed wheel brings none."""
    monkeypatch.setattr(demo, "SPECIMENS", here / "nowhere")
    result = typed("demo")
    assert (result.code, "U115" in result.err) == (2, True)


def test_names_cannot_command_the_terminal(typed: Any, here: Path) -> None:
    """Controls in the name of a file are spelled out where it is printed."""
    for name in ("x\x1b[2J.py", "X\x1b[2J.py"):
        (here / "delivery" / name).touch()
    result = typed("grade exam delivery -o run")
    assert (result.code, "\x1b" in result.err, "x\\x1b[2J.py" in result.err) == (2, False, True)


def test_the_commands_are_files() -> None:
    """A command is found by the name of its file."""
    assert grade_command.command.name == "grade"
