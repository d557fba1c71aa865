"""`grader new` and `grader explain`, typed as somebody would."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.cli import cli
from tests.courses import course

TITLED = 'title = { en = "Trial", ru = "Проба" }\nlanguage = "en"\nseed = "1"\n'


@pytest.fixture
def exam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An assignment without tasks, in which commands are typed."""
    folder = course(tmp_path / "exam", toml=TITLED)
    monkeypatch.chdir(folder)
    return folder


def typed(*arguments: str) -> Result:
    """What comes of `grader ARGUMENTS`."""
    return CliRunner().invoke(cli, arguments, prog_name="grader", standalone_mode=False)


def test_without_a_terminal_nothing_is_asked(exam: Path) -> None:
    """A task is a function to be written, unless something else is said; its files are printed."""
    result = typed("new", "q1")
    assert result.return_value == 0
    assert result.stdout == f"{exam / 'q1.py'}\n{exam / 'locale' / 'ru' / 'q1.po'}\n"
    assert "standardized = Code(" in (exam / "q1.py").read_text("utf-8")


def test_what_is_to_be_listed_by_hand_is_said(exam: Path) -> None:
    """Where the list of tasks cannot be understood."""
    (exam / "assignment.toml").write_text(TITLED + 'tasks = ["a"  # "]\n]\n')
    assert "add 'q1' to `tasks`" in typed("new", "q1", "--kind", "value").stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new"], "which NAME?"),
        (["new", "q1", "--kind", "poem"], "no kind is called 'poem'; there is choice, code"),
    ],
)
def test_a_wrong_command_writes_nothing(arguments: list[str], said: str, exam: Path) -> None:
    """It says what there is."""
    before = sorted(exam.rglob("*"))
    assert said in str(typed(*arguments).exception)
    assert sorted(exam.rglob("*")) == before


def test_in_a_terminal_it_asks(exam: Path) -> None:
    """For the name and for what is asked, several kinds at once."""
    ours, theirs = pty.openpty()
    os.write(ours, b"q7\nformula, choice\n")
    program = [sys.executable, "-c", "from grader.cli import main; main()", "new"]
    done = subprocess.run(program, stdin=theirs, capture_output=True, text=True, check=True, timeout=60)
    os.close(theirs)
    os.close(ours)
    assert "What is asked (choice, code, derivation, formula, prose, value) [code]:" in done.stderr
    text = (exam / "q7.py").read_text("utf-8")
    assert "parts=[derivative, slope]" in text


def test_a_course_is_laid_out(tmp_path: Path) -> None:
    """With an assignment of the given name."""
    result = typed("new", "midterm", "--course", str(tmp_path / "physics"), "--lang", "ru")
    assert result.return_value == 0
    decided = (tmp_path / "physics" / "assignments" / "midterm" / "assignment.toml").read_text("utf-8")
    assert 'language = "ru"' in decided
    assert "assignments/midterm " in (tmp_path / "physics" / "README.md").read_text("utf-8")


def test_codes_are_listed_and_explained() -> None:
    """All of them, or one."""
    assert "T104  The task has no parts.\n" in typed("explain").stdout
    assert typed("explain", "T104").stdout.startswith("T104  The task has no parts.\n\nGive it")
