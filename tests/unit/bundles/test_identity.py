"""When two ids are the same to whoever reads them."""

from __future__ import annotations

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.bundles._handed import as_text, identity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ivanov", "ivanov"),
        ("Ёжиков", unicodedata.normalize("NFD", "ёжиков")),
        ("ﬁlipov", "filipov"),
        ("Ｉｖａｎｏｖ", "ivanov"),
        (" ivanov\u00a0 p ", "ivanov p"),
        ("iva\u200bnov", "ivanov"),
        ("STRASSE", "straße"),
    ],
)
def test_ids_that_look_alike_are_one(one: str, other: str) -> None:
    """Case, composition, compatibility forms, kinds of spaces and invisible characters make no difference."""
    assert identity(one) == identity(other)


def test_ids_of_different_alphabets_differ() -> None:
    """A Cyrillic letter is another one than the Latin letter that looks like it."""
    assert identity("сор") != identity("cop")


@given(st.text())
def test_the_identity_of_an_identity_is_itself(student: str) -> None:
    """Nothing is left to fold."""
    assert identity(identity(student)) == identity(student)


def test_a_name_that_is_no_utf8_becomes_text() -> None:
    """A name from an archive of another age can be written down, and stays apart from others."""
    names = [os.fsdecode("Иванов".encode(code)) for code in ("cp866", "cp1251")]
    texts = [as_text(name) for name in names]
    assert [text.encode().decode() for text in texts] == texts
    assert len(set(texts)) == 2
