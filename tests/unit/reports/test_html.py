"""The page as a file that a browser opens."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from grader.author.assignment import Assignment
from grader.judge.expecting import Expectations
from grader.model.gradebook import Record
from grader.reports import html
from grader.reports.page import gather
from grader.reports.statements import block, inline

VOID = {"meta", "br", "hr", "link", "img", "input"}
EVERYONE = [
    "right", "flipped", "mixed", "misconception", "unexplained", "digits", "shape", "followed", "raised",
    "timed_out", "missing", "withheld", "hostile", "not_submitted",
]  # fmt: skip


class Reader(HTMLParser):
    """Reads a page and notes its elements, ids, links and headings, and whether they nest."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.misnested: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append(tag)
        values = dict(attrs)
        self.attributes |= set(values)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if "href" in values else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note whether it closes the last one that was opened."""
        if not self.open or self.open.pop() != tag:
            self.misnested.append(tag)


@pytest.fixture(params=["en", "ru"])
def language(request: pytest.FixtureRequest) -> str:
    """Both languages of the pages."""
    return str(request.param)


@pytest.fixture(params=EVERYONE)
def page(
    request: pytest.FixtureRequest,
    assignment: Assignment,
    expectations: Expectations,
    people: dict[str, Record],
    language: str,
) -> str:
    """The page of everyone in turn."""
    return html.render(gather(assignment, expectations, people[request.param], language))


def test_everyone_has_a_page(people: dict[str, Record]) -> None:
    """The list above names all students of the class."""
    assert list(people) == EVERYONE


def test_elements_nest(page: str) -> None:
    """Everything that is opened is closed, in order."""
    reader = Reader(page)
    assert (reader.misnested, reader.open) == ([], [])


def test_nothing_runs_and_nothing_is_loaded(page: str) -> None:
    """No script, no event handler, no link that leaves the page; a browser is told to insist on it."""
    reader = Reader(page)
    assert set(reader.tags) & {"script", "img", "iframe", "object", "embed", "link", "form", "base"} == set()
    assert [name for name in reader.attributes if name.startswith("on") or name == "src"] == []
    assert [link for link in reader.links if not link.startswith("#")] == []
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in page
    assert "@import" not in page
    assert "url(" not in page


def test_anchors_lead_somewhere(page: str) -> None:
    """The overview links to every task; no id is given twice."""
    reader = Reader(page)
    assert {link[1:] for link in reader.links} <= set(reader.ids)
    assert len(reader.ids) == len(set(reader.ids))


def test_headings_are_in_order(page: str) -> None:
    """One h1 first; no level is skipped."""
    levels = [int(tag[1]) for tag in Reader(page).tags if re.fullmatch("h[1-6]", tag)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_language_is_declared(page: str, language: str) -> None:
    """A screen reader knows how to speak, a phone how wide the page is."""
    assert f'<html lang="{language}">' in page
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page


def test_no_code_is_shown_for_a_sentence(page: str) -> None:
    """No placeholder of the engine is left unfilled."""
    body = page.split("</style>")[1]
    assert re.findall(r"\{(?:place|actual|expected|kind|message|file|number|count|aspect)\}", body) == []


def test_students_text_is_escaped(
    assignment: Assignment, expectations: Expectations, people: dict[str, Record]
) -> None:
    """Markup, ANSI and bidirectional controls are shown, not obeyed."""
    page = html.render(gather(assignment, expectations, people["hostile"], "en"))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "\\x1b[31m&lt;b&gt;red&lt;/b&gt;\\u202e" in page
    assert not set(page) & {"\x1b", "\u202e", "\x07"}


def test_state_is_said_in_words(
    assignment: Assignment, expectations: Expectations, people: dict[str, Record]
) -> None:
    """Colour is not the only carrier: the differing cell says so to a reader who sees no colour."""
    page = html.render(gather(assignment, expectations, people["misconception"], "en"))
    assert '<td class="differs">2<span class="visually-hidden"> (differs)</span></td>' in page
    assert '<span class="badge misconception">mistake</span>' in page


def test_points_in_russian(
    assignment: Assignment, expectations: Expectations, people: dict[str, Record]
) -> None:
    """Decimal comma and the right plural."""
    page = html.render(gather(assignment, expectations, people["unexplained"], "ru"))
    assert '<p class="total">3,25 из 5,5 балла</p>' in page


def test_same_record_gives_the_same_bytes(
    assignment: Assignment, people: dict[str, Record], language: str
) -> None:
    """A page depends on nothing but what is shown."""
    pages = [
        html.render(gather(assignment, Expectations(assignment), people["right"], language)) for _ in "ab"
    ]
    assert pages[0] == pages[1]


def test_pages_depend_on_no_other_page(assignment: Assignment, people: dict[str, Record]) -> None:
    """In whatever order pages are rendered, and whatever has been kept of others, they have the same bytes."""
    order = [(name, language) for name in EVERYONE for language in ("en", "ru")]

    def rendered(order: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
        expectations = Expectations(assignment)
        for cached in (html.part_html, html.posed_html, block, inline):
            cached.cache_clear()
        return {
            (name, language): html.render(gather(assignment, expectations, people[name], language))
            for name, language in order
        }

    assert rendered(order) == rendered(order[::-1])


class TestStatements:
    """Markdown of an author."""

    def test_mathematics_becomes_mathml(self) -> None:
        """Formulas need no script."""
        assert "<mfrac>" in inline(r"$\frac{1}{n}$")
        assert 'class="formula"' in block("$$x^2$$")

    def test_money_is_no_mathematics(self) -> None:
        """A dollar between digits and spaces stays one."""
        assert inline("costs 5$ or 6$") == "costs 5$ or 6$"

    def test_formula_that_cannot_be_converted_is_shown_as_it_stands(self) -> None:
        """A mistake in an author's formula does not cost anyone the page."""
        assert inline("$x_1_2$") == "<code>x_1_2</code>"

    def test_html_is_text(self) -> None:
        """An author's markup is shown, not obeyed; scripts in links neither."""
        assert inline("<b onclick=x>") == "&lt;b onclick=x&gt;"
        assert "href" not in inline("[x](javascript:alert)")
        assert "<img" not in inline("![x](http://example.org/x.png)")

    def test_lists_and_tables(self) -> None:
        """Statements have both."""
        assert "<li>" in block("* a\n* b")
        assert "<table>" in block("|a|b|\n|-|-|\n|1|2|")
