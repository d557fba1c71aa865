"""The page of the class."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from grader.author.assignment import Assignment
from grader.judge.elsewhere import Match
from grader.model.gradebook import Record
from grader.reports import class_overview
from grader.reports.census import Row, census_of
from grader.reports.class_overview import matched
from tests.unit.reports.test_html import Reader


def rows(people: dict[str, Record]) -> Iterator[Row]:
    """The rows of a class, read once."""
    return (class_overview.row(record, f"feedback/{name}.html") for name, record in people.items())


def synthetic(count: int) -> Iterator[Row]:
    """Many students."""
    for number in range(count):
        points = {"filter": Fraction(number % 8, 2), "layer": Fraction(number % 3)}
        total = sum(points.values(), Fraction(0))
        findings = dict.fromkeys(points, "right")
        yield Row(f"s{number:05}", "Имя", f"{number}.html", "marked", points, total, findings)


def test_withheld_marks_come_first_with_what_failed(
    assignment: Assignment, people: dict[str, Record]
) -> None:
    """Before anything else the instructor reads which marks wait, and for what."""
    page = class_overview.render(assignment, rows(people), "en")
    assert (
        page.index("A fault of ours: gone") < page.index("Distribution of totals") < page.index("Diagnoses")
    )


def test_every_student_is_linked_relatively(assignment: Assignment, people: dict[str, Record]) -> None:
    """Links lead into the run folder; hostile ids are text."""
    reader = Reader(class_overview.render(assignment, rows(people), "ru"))
    assert {f"feedback/{name}.html" for name in people} == set(reader.links)
    assert (reader.misnested, reader.open, set(reader.tags) & {"script"}) == ([], [], set())


def test_order_of_arrival_is_irrelevant(assignment: Assignment, people: dict[str, Record]) -> None:
    """The same class gives the same bytes."""
    backwards = dict(reversed(list(people.items())))
    assert class_overview.render(assignment, rows(people), "en") == class_overview.render(
        assignment, rows(backwards), "en"
    )


def test_diagnoses_are_counted_with_their_sentence(assignment: Assignment, people: dict[str, Record]) -> None:
    """In the language of the page, with the stable code beside it."""
    page = class_overview.render(assignment, rows(people), "ru")
    assert "Вы делите на размер ядра" in page
    assert '<code class="note">averages</code>' in page


def test_ten_thousand_students(assignment: Assignment) -> None:
    """Everyone has a row; the histogram counts everyone."""
    page = class_overview.render(assignment, synthetic(10_000), "en")
    assert page.count('<th scope="row"><a href="') == 10_000
    census = census_of(assignment, synthetic(10_000))
    assert (census.settled, sum(census.bins)) == (10_000, 10_000)


def test_totals_at_the_ends_are_counted(assignment: Assignment) -> None:
    """Nothing and everything fall into the first and the last bar."""
    nothing, everything = Fraction(0), assignment.points
    both = [Row(str(t), "", "", "marked", {}, t, {}) for t in (nothing, everything)]
    assert census_of(assignment, both).bins == [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]


def test_empty_class(assignment: Assignment) -> None:
    """Nobody handed anything in: a page without a mean and without a histogram."""
    page = class_overview.render(assignment, iter(()), "en")
    assert "None: everything is marked." in page
    assert "<svg" not in page


def test_a_single_mistake_that_fits_somebody_elses_numbers_is_chance() -> None:
    """What a known mistake explains counts only together with more; a strange answer counts alone."""
    matches = [
        Match("anna", "q1", "v", ("boris", "clara"), explained=True),
        Match("anna", "q2", "v", ("clara",), explained=True),
        Match("dora", "q1", "v", ("boris",), explained=False),
        Match("emil", "q1", "v", ("boris",), explained=True),
    ]
    assert matched(matches) == [("anna", "clara", ("q1.v", "q2.v")), ("dora", "boris", ("q1.v",))]
