"""Every report that renders a page keeps these promises; a new file in the folder is under test at once."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from grader import plugins
from grader.author.assignment import Assignment
from grader.judge.expecting import Expectations
from grader.model.gradebook import Record
from grader.model.observation import Observation
from grader.reports.page import Page, gather
from tests.unit.reports.course import RIGHT, class_of, energy, record, returned, write_course

RENDERING = [
    name
    for name in plugins.names("grader.reports")
    if getattr(getattr(plugins.load("grader.reports", name), "render", None), "__annotations__", {}).get(
        "page"
    )
    == "Page"
]


@pytest.fixture(params=RENDERING)
def report(request: pytest.FixtureRequest) -> ModuleType:
    """Each report in turn."""
    return plugins.load("grader.reports", request.param)


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """A small course."""
    return write_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def people(assignment: Assignment) -> dict[str, Record]:
    """Students who fall into every finding."""
    return class_of(assignment)


@pytest.fixture(scope="module")
def pages(assignment: Assignment, people: dict[str, Record]) -> dict[str, Page]:
    """Their pages."""
    return {
        f"{name} {language}": gather(assignment, Expectations(assignment), marked, language)
        for name, marked in people.items()
        for language in ("en", "ru")
    }


def test_there_are_reports() -> None:
    """A page for the browser and one for the terminal at least."""
    assert {"html", "terminal"} <= set(RENDERING)


def test_every_page_can_be_rendered(report: ModuleType, pages: dict[str, Page]) -> None:
    """Whatever was found, there is something to read, and it names the assignment."""
    for page in pages.values():
        assert page.title.split(":")[0] in report.render(page)


def test_rendering_is_repeatable(report: ModuleType, pages: dict[str, Page]) -> None:
    """The same page gives the same text."""
    assert {name: report.render(page) for name, page in pages.items()} == {
        name: report.render(page) for name, page in pages.items()
    }


def test_controls_never_get_through(report: ModuleType, pages: dict[str, Page]) -> None:
    """No escape sequence and no bidirectional control of a student is obeyed."""
    for page in pages.values():
        assert set(report.render(page)) & set("\x1b\x07\x00\u202e\u2066") == set()


def test_diagnoses_are_read(report: ModuleType, pages: dict[str, Page]) -> None:
    """The author's sentence reaches the reader in the page's language."""
    assert "Вы делите на размер ядра" in report.render(pages["misconception ru"])
    assert "You divide by the size of the kernel" in report.render(pages["misconception en"])


def test_modified_arguments_are_named(report: ModuleType, assignment: Assignment) -> None:
    """A call that changes its input is told so, right or wrong, by the oracle's name for it."""

    def in_place(values: Any) -> Observation:
        return returned(energy(values), modified=(0,))

    marked = record(assignment, "modifier", {**RIGHT, "energy": in_place})
    page = gather(assignment, Expectations(assignment), marked, "en")
    assert "changed its argument in place: values." in report.render(page)


def test_hidden_cases_stay_hidden(report: ModuleType, tmp_path: Path) -> None:
    """Where only public cases are revealed, no number of a hidden one is to be found."""
    secretive = write_course(tmp_path, reveal="public")
    unexplained = class_of(secretive)["unexplained"]
    text = report.render(gather(secretive, Expectations(secretive), unexplained, "en"))
    assert "not shown" in text
    assert "-2.68323" not in text
    assert "1.21436" not in text
