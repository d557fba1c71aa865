"""The engine's own words: every code in every language, plurals, numbers."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.pofile import read_po

from grader.algebra.unreadable import Wanted
from grader.author.assignment import REPAIRS
from grader.errors import InternalError
from grader.model.gradebook import Status
from grader.model.observation import Outcome
from grader.model.verdict import DifferenceKind, Finding
from grader.places import PACKAGE, templates
from grader.reports.words import languages, rounded, words_of

SOURCES = [
    *(PACKAGE / "reports").glob("*.py"),
    *templates().glob("*.j2"),
]
SPOKEN = re.compile(r"""(?:say|count|first)\(\s*f?"([a-z_.]+)"(?! ~)""")


def entries(language: str) -> dict[str, object]:
    """Code → text, or its plural forms, of one catalogue."""
    with (templates() / "locale" / f"{language}.po").open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    keyed = {}
    for message in catalogue:
        if message.id:
            keyed[message.id if isinstance(message.id, str) else message.id[0]] = message.string
    return keyed


def test_engine_speaks_russian_and_english() -> None:
    """Both languages of the course are there."""
    assert languages() == ("en", "ru")


def test_every_code_has_both_languages() -> None:
    """No code is known in one language only, and none is empty."""
    english, russian = entries("en"), entries("ru")
    assert list(english) == list(russian)
    assert [code for text in (english, russian) for code in text if not all(text[code])] == []


def test_translations_fill_in_the_same_placeholders() -> None:
    """A Russian sentence says nothing less than the English one."""
    english, russian = entries("en"), entries("ru")

    def placeholders(text: object) -> set[str]:
        return set(re.findall(r"\{[a-z_]+\}", text if isinstance(text, str) else text[-1]))  # type: ignore[index]

    assert {code: placeholders(english[code]) for code in english} == {
        code: placeholders(russian[code]) for code in russian
    }


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_word_of_the_model_has_a_sentence(language: str) -> None:
    """Findings, outcomes, kinds of difference, statuses and repairs can all be said."""
    said = entries(language)
    wanted = {f"{kind}.{finding}" for kind in ("finding", "badge") for finding in get_args(Finding)}
    wanted |= {f"difference.{kind}" for kind in get_args(DifferenceKind)}
    wanted |= {f"outcome.{outcome}" for outcome in get_args(Outcome) if outcome != "returned"}
    wanted |= {f"status.{status}" for status in get_args(Status)}
    wanted |= {f"repair.{name}{suffix}" for name in REPAIRS for suffix in ("", ".bare")}
    wanted |= {f"wanted.{wanted}" for wanted in get_args(Wanted)}
    assert wanted - set(said) == set()


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_codes_in_the_sources_are_in_the_catalogue(file: Path) -> None:
    """What code and templates want to say can be said."""
    spoken = {
        code for code in SPOKEN.findall(file.read_text("utf-8")) if "." in code and not code.endswith(".")
    }
    assert spoken - set(entries("en")) == set()


def test_remarks_of_the_engine_are_in_the_catalogue() -> None:
    """Whatever any module remarks on, by a literal code, has a sentence."""
    remarked = re.compile(r"""(?:Remark|remark|remark_once|_fail)\(\s*"([a-z_]+)""")
    found = {code for file in PACKAGE.rglob("*.py") for code in remarked.findall(file.read_text("utf-8"))}
    assert "wrong_encoding" in found
    assert {f"remark.{code}" for code in found - {"repair"}} - set(entries("en")) == set()


@pytest.mark.parametrize(
    ("number", "english", "russian"),
    [
        ("0", "0 points", "0 баллов"),
        ("1", "1 point", "1 балл"),
        ("2", "2 points", "2 балла"),
        ("5", "5 points", "5 баллов"),
        ("11", "11 points", "11 баллов"),
        ("21", "21 points", "21 балл"),
        ("22", "22 points", "22 балла"),
        ("5/2", "2.5 points", "2,5 балла"),
        ("7/3", "2.33 points", "2,33 балла"),
        ("1/2", "0.5 points", "0,5 балла"),
    ],
)
def test_points_have_their_plural(number: str, english: str, russian: str) -> None:
    """Numerals govern the noun, fractions too; Russian numbers have a comma."""
    said = tuple(words_of(language).count("count.points", Fraction(number)) for language in ("en", "ru"))
    assert said == (english, russian)


@pytest.mark.parametrize(
    ("exact", "shown"), [("1/200", "0.01"), ("7/3", "2.33"), ("2/3", "0.67"), ("5", "5")]
)
def test_numbers_are_rounded_once_half_up(exact: str, shown: str) -> None:
    """Two decimals at most, halves up."""
    assert words_of("en").number(Fraction(exact)) == shown


def test_rounding_is_exact_for_long_fractions() -> None:
    """A value just below a half is not lifted by an intermediate rounding."""
    just_below = Fraction(5, 1000) - Fraction(1, 10**40)
    assert str(rounded(just_below)) == "0.00"


def test_unknown_language_is_english() -> None:
    """A student whose language the engine does not speak reads English."""
    assert words_of("xx").language == "en"


def test_unknown_code_is_our_fault() -> None:
    """A missing sentence is never shown as its code."""
    with pytest.raises(InternalError, match=r"no sentence 'no\.such'"):
        words_of("en").say("no.such")


def test_values_are_not_taken_for_placeholders() -> None:
    """A student's text with braces stays as it is."""
    assert words_of("en").say("outcome.raised", kind="{message}", message="x") == (
        "Your code stopped with {message}: x"
    )
