"""Values as pages show them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.reports.shown import LINES, Grid, Group, Plain, at, pair, place_of, shown, visible

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=12)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=30,
)


def texts(value: Any) -> list[str]:
    """Everything that is shown of a value."""
    if isinstance(value, Plain):
        return [value.text]
    if isinstance(value, Grid):
        return [cell.text for line in value.lines for cell in line.cells]
    return [text for label, item in value.items for text in (label, *texts(item))]


def marked(value: Any) -> list[str]:
    """Entries that are marked as differing."""
    if isinstance(value, Plain):
        return [value.text] if value.differs else []
    if isinstance(value, Grid):
        return [cell.text for line in value.lines for cell in line.cells if cell.differs]
    return [text for _, item in value.items for text in marked(item)]


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("a\u202eb\u2066c", "a\\u202eb\\u2066c"),
        ("\r\n\t\0", "\\r\\n\\t\\x00"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("Ёж ∂x ½", "Ёж ∂x ½"),
    ],
)
def test_controls_are_escaped(text: str, harmless: str) -> None:
    """What could move a cursor or turn the reading direction is shown as an escape."""
    assert visible(text) == harmless


@given(st.text())
def test_visible_text_is_printable(text: str) -> None:
    """Nothing unprintable survives, and harmless text is not touched again."""
    assert all(character.isprintable() or character.isspace() for character in visible(text))
    assert visible(visible(text)) == visible(text)


@given(PLAIN)
def test_any_plain_value_can_be_shown(value: Any) -> None:
    """Every value that can come out of the box is shown in visible text."""
    assert all(line == visible(line) for text in texts(shown(value)) for line in text.split("\n"))


@example(None, {"": None, "0": None}, (-1,))
@given(PLAIN, PLAIN, st.lists(st.integers(-3, 12), max_size=4).map(tuple))
def test_any_pair_can_be_compared(expected: Any, actual: Any, place: tuple[int, ...]) -> None:
    """A place that does not fit a value marks nothing, and nothing fails."""
    assert all(len(marked(side)) <= 1 for side in pair(expected, actual, place))


def test_differing_cell_is_marked() -> None:
    """The place of the difference is marked, and only it."""
    assert marked(shown(np.arange(6).reshape(2, 3), (1, 2), marked=True)) == ["5"]


def test_differing_cell_of_a_large_array_stays_in_sight() -> None:
    """Rows and columns are left out, but not those of the difference; their numbers are shown."""
    grid = shown(np.arange(40 * 30).reshape(40, 30), (20, 11), marked=True)
    assert isinstance(grid, Grid)
    assert marked(grid) == ["611"]
    assert grid.shape == "40 × 30"
    assert grid.columns == ("0", "1", "2", "3", "4", "5", "6", "7", "…", "11", "…")
    assert grid.lines[-2].index == "20"


def test_large_array_shows_first_rows_and_columns() -> None:
    """Without a difference the first ones are shown."""
    grid = shown(np.zeros((100, 100)))
    assert isinstance(grid, Grid)
    assert (len(grid.lines), len(grid.lines[0].cells)) == (LINES + 1, LINES + 1)


@pytest.mark.parametrize(
    ("place", "indexes"),
    [("", ()), ("[0, 2]", (0, 2)), ("[1][0, 2]", (1, 0, 2)), ("[3]", (3,))],
)
def test_places_are_read(place: str, indexes: tuple[int, ...]) -> None:
    """Places of comparators become indexes."""
    assert indexes == place_of(place)


def test_difference_inside_a_tuple_is_marked() -> None:
    """The second array of a tuple, its cell [1, 0]."""
    value = (np.eye(2), np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert marked(shown(value, place_of("[1][1, 0]"), marked=True)) == ["3"]
    assert at(value, (1, 1, 0)) == 3.0


def test_difference_in_an_array_of_three_axes_is_marked() -> None:
    """The slice of the difference is shown even where earlier ones fill the page."""
    group = shown(np.arange(10 * 2 * 2).reshape(10, 2, 2), (9, 1, 1), marked=True)
    assert isinstance(group, Group)
    assert marked(group) == ["39"]
    assert group.left_out == 6


def test_as_many_digits_as_it_takes() -> None:
    """Two numbers that differ in the ninth digit do not look alike."""
    expected, actual = pair([1.0, 2.0], [1.0, 2.00000001], (1,))
    assert (marked(expected), marked(actual)) == (["2"], ["2.00000001"])


def test_axis_of_length_one_does_not_hide_the_place() -> None:
    """Where a comparator disregards axes of length 1, the mark still sits."""
    assert marked(shown(np.array([[4.0, 5.0]]), (1,), marked=True)) == ["5"]


def test_long_text_is_cut_and_says_so() -> None:
    """A long text shows its beginning and how much is left out."""
    assert Plain("x" * 400, left_out=100) == shown("x" * 500)


def test_fractions_and_formulas_are_tables() -> None:
    """Exact fractions and rows of formulas look like a matrix."""
    assert texts(shown([Fraction(1, 3), 2])) == ["1/3", "2"]
    assert isinstance(shown([["x*y", "1"], ["0", "y"]]), Grid)


def test_one_long_text_among_many_takes_no_memory() -> None:
    """A list of texts is not turned into a text array as wide as the longest."""
    group = shown([["x" * 500_000], *([""] for _ in range(200_000))])
    assert isinstance(group, Grid)
    assert group.lines[0].cells[0].text == "x" * 400


def test_sets_have_one_look() -> None:
    """The same set gives the same text, whatever its order in memory."""
    assert Plain("{a, b, c}") == shown({"c", "b", "a"})


def test_deep_nesting_is_shown() -> None:
    """Nesting deeper than numpy can follow is shown as text."""
    value: Any = 1
    for _ in range(90):
        value = [value]
    assert "1" in "".join(texts(shown(value)))
