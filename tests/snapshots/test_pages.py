"""Pages as they were approved, word by word.

To approve a change, delete the file in `tests/snapshots/pages` and run the test: it writes a new one and fails once.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.judge.expecting import Expectations
from grader.reports import html, terminal
from grader.reports.page import gather
from tests.unit.reports.course import class_of, write_course

APPROVED = Path(__file__).parent / "pages"


def approved(name: str, text: str) -> str:
    """The approved text; what is new waits to be looked at."""
    file = APPROVED / name
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
        pytest.fail(f"{file} is new: read it, and keep it if it is right")
    return file.read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("student", ["misconception", "mixed", "followed", "raised", "withheld", "hostile"])
def test_terminal_says_what_was_approved(tmp_path: Path, student: str, language: str) -> None:
    """Every sentence of the engine that these students read stands as it was read and approved."""
    assignment = write_course(tmp_path)
    text = terminal.render(
        gather(assignment, Expectations(assignment), class_of(assignment)[student], language)
    )
    assert approved(f"{student}.{language}.txt", text) == text


def test_page_has_the_approved_structure(tmp_path: Path) -> None:
    """The HTML without its style sheet."""
    assignment = write_course(tmp_path)
    page = html.render(
        gather(assignment, Expectations(assignment), class_of(assignment)["misconception"], "ru")
    )
    before, _, rest = page.partition("<style>")
    text = before + rest.partition("</style>")[2]
    assert approved("misconception.ru.html", text) == text
