"""Pages have names that every file system takes, and are whole or absent."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.bundles._handed import identity
from grader.workflow.publishing import page_name, write_atomically

IDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=300)


@given(IDS)
def test_a_page_has_a_name_that_files_can_have(student: str) -> None:
    """No separators, no controls, no dots in front, and room for a file system's 255 bytes."""
    name = page_name(student)
    assert len(f".{name}.1234567".encode()) <= 255
    assert name.isprintable()
    assert not name.startswith(".")
    assert not set('/\\:*?"<>|') & set(name)
    assert name.endswith(".html")


@given(IDS, IDS)
def test_two_students_have_two_pages(one: str, other: str) -> None:
    """Even where a file system does not tell upper from lower case."""
    if identity(one) != identity(other):
        assert identity(page_name(one)) != identity(page_name(other))


@pytest.mark.parametrize("prefix", ["%2F", "..", "a" * 300, "ё" * 300])
def test_what_differs_by_little_differs(prefix: str) -> None:
    """Escapes do not collide with what they stand for; long ids are told apart by their ends."""
    names = [page_name(prefix + end) for end in ("", "/", "%2F", "%252F", "b", "c")]
    assert len(set(names)) == len(names)


def test_a_usual_id_stays_readable() -> None:
    """Letters of every alphabet, digits and spaces are kept."""
    assert page_name("Иванов Иван_2@x-y") == "Иванов Иван_2@x-y.html"


def test_what_is_escaped_is_escaped_once() -> None:
    """So that the id can be read off the name as it is read off a link."""
    assert page_name("100% / 7") == "100%25 %2F 7.html"


def test_a_page_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """Text that no file can hold fails before anything is replaced."""
    file = tmp_path / "pages" / "a.html"
    write_atomically(file, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(file, "\ud800")
    assert file.read_text() == "old"
