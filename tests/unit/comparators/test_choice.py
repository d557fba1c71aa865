"""Choices and matchings, as people write them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from grader.comparators.choice import Choice, Matching, Ordering

ONE = Choice(("a", "b", "c"))
SEVERAL = Choice(("a", "b", "c", "d", "e"), several=True)
KERNELS = Matching(("A", "B", "C"), ("1|edges|края", "2|sharpening|резкость", "3|blur|размытие"))
MATCHED = {"A": "edges", "B": "3", "C": "2"}


@pytest.mark.parametrize(
    "answer", ["b", "B", "b)", "(b)", " b. ", "В", "в", ["b"], ("B",), {"b"}, "`b`", "«b»", "$b$", "№b"]
)
def test_one_option(answer: Any) -> None:
    """Case, brackets, quotes and Cyrillic look-alikes do not matter."""
    assert ONE("b", answer) is None


@pytest.mark.parametrize(
    "answer",
    [
        "a, c",
        "c, a",
        "A C",
        "a and c",
        "а и с",
        "АС",
        "ac",
        "а; с",
        "a) c)",
        ["a", "c"],
        {"c", "a"},
        ("С", "А"),
        "a/c",
        "№a, №c",
        "$a$, $c$",
    ],
)
def test_several_options(answer: Any) -> None:
    """Order and separators do not matter."""
    assert SEVERAL(["a", "c"], answer) is None


@pytest.mark.parametrize(
    "answer", ["a", "a, b", "", None, 2, True, 1.5, {"b": 1}, "z", "б", ["b", 1.0], [["b"]], b"b"]
)
def test_anything_else_is_a_difference(answer: Any) -> None:
    """Wrong, too many, empty or unreadable: always a difference of the kind `choice`, never an exception."""
    difference = ONE("b", answer)
    assert difference is not None
    assert (difference.kind, difference.expected) == ("choice", "b")


def test_a_difference_shows_what_was_chosen() -> None:
    """Readable choices are listed in the order of the options, others as written."""
    read, unread = SEVERAL(["a"], "e, b"), SEVERAL(["a"], "mostly a")
    assert read is not None
    assert unread is not None
    assert (read.actual, unread.actual) == ("b, e", "mostly a")


def test_numbered_options() -> None:
    """Options may be numbers, typed or computed."""
    numbered = Choice(("1", "2", "3"), several=True)
    assert numbered(["1", "3"], [3, 1]) is None
    assert numbered(["2"], 2) is None
    assert numbered(["1", "3"], "1 3") is None


def test_options_of_several_words() -> None:
    """An option may be named in full."""
    named = Choice(("gradient descent", "momentum"))
    assert named("gradient descent", "Gradient  Descent.") is None


@pytest.mark.parametrize(
    "answer",
    [
        "A-1 B-3 C-2",
        "C - 2, B - 3, A - 1",
        "А-1 В-3 С-2",
        "a: edges; b: blur; c: sharpening",
        "A — края, B — размытие, C — резкость",
        "A→1\nB→3\nC→2",
        "A) 1 B) 3 C) 2",
        "A1 B3 C2",
        "A = Edges, B = Blur, C = Sharpening",
        {"A": 1, "B": 3, "C": 2},
        {"a": "edges", "b": "blur", "c": "sharpening"},
        {"А": "края", "В": "Размытие", "С": "резкость"},
        [("A", 1), ("B", 3), ("C", 2)],
        ["A-1", "B-3", "C-2"],
    ],
)
def test_matchings(answer: Any) -> None:
    """Texts, mappings and pairs with any name of the partners, in any order."""
    assert KERNELS(MATCHED, answer) is None


def test_a_number_and_its_letter_may_stand_together() -> None:
    """`1b 2a` is how people write it where the items are numbered and the partners lettered."""
    bounds = Matching(("1", "2"), ("a", "b|SVM"))
    assert bounds({"1": "b", "2": "a"}, "1b 2a") is None
    assert bounds({"1": "b", "2": "a"}, "1a 2b") is not None


def test_a_wrong_pair_is_named() -> None:
    """The first item with another partner, and both partners."""
    difference = KERNELS(MATCHED, "A-1 B-2 C-3")
    assert difference is not None
    assert (difference.kind, difference.place) == ("choice", "B")
    assert (difference.expected, difference.actual) == ("3", "2")


def test_a_missing_pair_is_named() -> None:
    """What is left out has no partner."""
    difference = KERNELS(MATCHED, "A-1 B-3")
    assert difference is not None
    assert (difference.place, difference.expected, difference.actual) == ("C", "2", "")


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "",
        "A-1 A-2 B-3 C-2",
        "A-9 B-3 C-2",
        {"A": None},
        {"D": 1},
        [1, 2],
        [["A"]],
        7,
        {1, 2},
        "A B C",
    ],
)
def test_what_is_no_matching_is_a_difference(answer: Any) -> None:
    """Contradictions, unknown items and other things are unreadable, never an exception."""
    difference = KERNELS(MATCHED, answer)
    assert difference is not None
    assert difference.kind == "choice"


ORDER = Ordering(("1", "2", "3", "4"), partial=True)


@pytest.mark.parametrize(
    "answer",
    [
        "2 1 4 3",
        "2143",
        2143,
        "2, 1, 4, 3",
        "2 → 1 → 4 → 3",
        "2->1->4->3",
        "2 < 1 < 4 < 3",
        [2, 1, 4, 3],
        ("2", "1", "43"),
    ],
)
def test_an_order(answer: Any) -> None:
    """Arrows, commas, signs of comparison, or nothing between the items."""
    assert ORDER("2143", answer) is None


@pytest.mark.parametrize(
    "answer", ["2 1 4", "2 1 4 4", "2 1 4 5", "", None, 1.5, {"1": 2}, [[]], "2 1 4 3 3", True, [None]]
)
def test_what_is_no_order_of_all_items(answer: Any) -> None:
    """Every item once, and nothing else."""
    difference = ORDER("2143", answer)
    assert difference is not None
    assert (difference.kind, ORDER.share("2143", answer)) == ("choice", 0)


@pytest.mark.parametrize(
    ("compare", "expected", "answer", "share"),
    [
        (Choice(tuple("1234"), several=True, partial=True), ["1", "2"], "1", "1/2"),
        (Choice(tuple("1234"), several=True, partial=True), ["1", "2"], "1 2 3", "1/2"),
        (Choice(tuple("1234"), several=True, partial=True), ["1", "2"], "1 3", "0"),
        (Choice(tuple("1234"), several=True, partial=True), ["1", "2"], "3", "0"),
        (Choice(tuple("1234"), several=True, partial=True), ["1", "2"], "seven", "0"),
        (Choice(tuple("1234"), several=True), ["1", "2"], "1", "0"),
        (Matching(("1", "2"), ("A", "B"), partial=True), {"1": "A", "2": "B"}, "1-A 2-A", "1/2"),
        (Matching(("1", "2"), ("A", "B"), partial=True), {"1": "A", "2": "B"}, "1-A", "1/2"),
        (Matching(("1", "2"), ("A", "B"), partial=True), {"1": "A", "2": "B"}, "2-A", "0"),
        (Matching(("1", "2"), ("A", "B")), {"1": "A", "2": "B"}, "1-A", "0"),
        (ORDER, "1234", "1243", "2/3"),
        (ORDER, "1234", "4321", "0"),
        (Ordering(("1", "2", "3")), "123", "132", "0"),
    ],
)
def test_what_is_right_in_part_earns_its_share(compare: Any, expected: Any, answer: Any, share: str) -> None:
    """Less what is wrong, and nothing where the author does not ask for it."""
    assert compare.share(expected, answer) == Fraction(share)


@pytest.mark.parametrize(
    "answer",
    [
        "1-A 2-B 3-A",
        "1A, 2B, 3A",
        "1 — А; 2 — В; 3 — А",
        "ABA",
        "А В А",
        ["A", "B", "A"],
        {1: "A", 2: "b", "3": "a"},
    ],
)
def test_digits_are_matched_with_letters(answer: Any) -> None:
    """With or without the digits, if all letters are there; Cyrillic look-alikes count."""
    assert Matching(tuple("123"), tuple("ABC"))({"1": "A", "2": "B", "3": "A"}, answer) is None


@pytest.mark.parametrize("answer", ["AB", "ABAC", "ABX", ["A", "B"]])
def test_letters_alone_must_be_as_many_as_the_items(answer: Any) -> None:
    """Else nobody knows which belongs to what."""
    assert Matching(tuple("123"), tuple("ABC")).read(answer) is None
