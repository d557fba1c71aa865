"""`grader proofread` from the terminal: what is printed where, the exit code, the table of scores."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.cli import cli
from grader.errors import AuthoringError, UsageError
from grader.workflow.adequacy import BEGIN, END
from tests.courses import CODE, course

FAULTY = CODE.replace("    yield case(2.5)\n", "")


def run(folder: Path, *options: str) -> Result:
    """Proofread in this process, quickly."""
    arguments = ["proofread", str(folder), "--quick", "--workers", "1", *options]
    return CliRunner().invoke(cli, arguments, standalone_mode=False, prog_name="grader")


def test_a_clean_assignment_exits_with_0(tmp_path: Path) -> None:
    """Figures go to standard output, progress to standard error."""
    result = run(course(tmp_path / "exam", q1=CODE), "--only", "texts", "--only", "adequacy")
    assert (result.return_value, "q1  killed  " in result.stdout) == (0, True)
    assert "proofread 2/2 q1 texts" in result.stderr
    assert "proofread" not in result.stdout


def test_a_faulty_assignment_exits_with_1(tmp_path: Path) -> None:
    """A survivor is shown as a diff with the case that kills it."""
    result = run(course(tmp_path / "exam", q1=FAULTY), "--only", "adequacy")
    assert result.return_value == 1
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert "P201" in lines[0]
    assert "- return 2 * x" in lines
    assert "+ return 2 / x" in lines
    assert any(line.startswith("yield case(") for line in lines)


def test_a_machine_may_listen(tmp_path: Path) -> None:
    """`--json` gives faults and figures."""
    result = run(course(tmp_path / "exam", q1=FAULTY), "--only", "adequacy", "--json")
    told = json.loads(result.stdout)
    assert [set(fault) for fault in told["faults"]] == [{"place", "code", "problem", "remedy", "detail"}]
    assert {figure["name"] for figure in told["figures"]} >= {"mutants", "killed", "survivors"}


def test_an_assignment_that_cannot_be_used_is_told_as_ever(tmp_path: Path) -> None:
    """What grading would refuse is told before anything is proofread."""
    result = run(course(tmp_path / "exam", q1="1 / 0\n"))
    assert isinstance(result.exception, AuthoringError)


def test_tasks_are_proofread_in_processes_of_their_own(tmp_path: Path) -> None:
    """Two workers find what one finds."""
    folder = course(tmp_path / "exam", a=CODE, b=FAULTY)
    alone = run(folder, "--only", "texts", "--only", "adequacy", "--json")
    together = run(folder, "--only", "texts", "--only", "adequacy", "--json", "--workers", "2")
    assert json.loads(alone.stdout) == json.loads(together.stdout)


def test_the_table_of_scores_is_brought_up_to_date(tmp_path: Path) -> None:
    """A row for each task that was proofread; the others stay, by number, and so does the page around them."""
    folder, page = course(tmp_path / "exam", q1=CODE), tmp_path / "scores.md"
    page.write_text(
        f"# Scores\n\n{BEGIN}| `q10` | old |\n| `q0` | old |\n| `q1` | old |\n{END}\nThe end.\n", "utf-8"
    )
    assert run(folder, "--only", "adequacy", "--table", str(page)).return_value == 0
    text = page.read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert (text.startswith("# Scores\n"), text.endswith("The end.\n")) == (True, True)
    assert rows[0] == "| `q0` | old |"
    assert rows[1].split("|")[-3].strip() == "100 %"
    assert rows[2:] == ["| `q10` | old |"]


@pytest.mark.parametrize("text", ["# Scores\n", BEGIN])
def test_a_page_without_a_place_for_the_table_is_told(text: str, tmp_path: Path) -> None:
    """Nothing is overwritten by accident: U132."""
    page = tmp_path / "scores.md"
    page.write_text(text, "utf-8")
    result = run(course(tmp_path / "exam", q1=CODE), "--only", "texts", "--table", str(page))
    assert isinstance(result.exception, UsageError)
    assert [fault.code for fault in result.exception.faults] == ["U132"]
    assert page.read_text("utf-8") == text
