"""Codes are explained, and slips in them recognised."""

from __future__ import annotations

import pytest

from grader.author.assignment import REPAIRS
from grader.errors import UsageError
from grader.reports.explaining import explain, fault_pages, page_codes
from grader.reports.words import languages, words_of


def test_a_fault_is_explained_by_its_row() -> None:
    """Meaning, remedy and whose turn it is, whatever the case of the letter."""
    page = explain("t104")
    assert str(page) == (
        "T104  The task has no parts.\n\nGive it at least one `Code` or `Answer`.\n\n"
        "Whoever writes the assignment mends these; the exit code is 1."
    )


@pytest.mark.parametrize("language", languages())
def test_a_code_of_a_page_is_explained_by_its_sentences(language: str) -> None:
    """In the language of the page; every repair that can be switched off is among them."""
    for code, keys in page_codes().items():
        page = explain(code, language)
        assert (page.code, bool(page.meaning)) == (code, True)
        assert all(f"- {words_of(language).say(key)}" in page.remedy for key in keys)
    assert set(REPAIRS) - set(page_codes()) == set()


@pytest.mark.parametrize(
    ("typed", "meant"), [("T1O4", "T104"), ("T1", "T1"), ("timedout", "timed_out"), ("mixed", "")]
)
def test_a_slip_is_recognised(typed: str, meant: str) -> None:
    """U140 names codes that are near, or the way to all of them."""
    with pytest.raises(UsageError) as caught:
        explain(typed)
    (fault,) = caught.value.faults
    assert fault.code == "U140"
    assert (meant or "lists all codes") in fault.remedy


def test_no_code_of_a_page_looks_like_one_of_a_fault() -> None:
    """So that a code has one page."""
    assert {code.upper() for code in page_codes()} & set(fault_pages()) == set()
