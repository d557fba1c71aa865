"""Every file of `grader/formats/` reads whatever students hand in."""

from __future__ import annotations

from types import ModuleType

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import plugins
from grader.model.submission import Source

ASKED = {"q10": frozenset({"dW", "z"}), "t2": frozenset({"steps"})}
FORMATS = {name: plugins.load("grader.formats", name) for name in plugins.names("grader.formats")}
SUFFIXES = (".py", ".ipynb", ".md", ".markdown", ".txt", ".toml")
FOREIGN = ("a.pdf", "py", "README", "a.py.zip", "a.ipynb~", "a", "", "a.docx", "имя.jpg")
PIECES = [
    *(
        b"\n",
        b"\r\n",
        b"\0",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"# coding: ",
        b"utf-16",
        b"idna",
        b"## q10",
        b"dW = ",
    ),
    *(
        b'{"cells": [',
        b'{"cell_type": "code", "source": ',
        b'"nbformat": 3,',
        b'"\\ud800"',
        b"]}",
        b"[q10]",
        b"[[",
    ),
    *(b"'''", b"9" * 5000, b"0x", b".", b'"', "ответ".encode("cp1251"), "ответ".encode()),
]
FRAGMENTS = st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=12).map(b"".join)


def every_format() -> pytest.MarkDecorator:
    """Parametrises a test over the folder."""
    return pytest.mark.parametrize("reader", FORMATS.values(), ids=FORMATS)


def own_suffixes(reader: ModuleType) -> list[str]:
    """Endings that `reader` knows."""
    return [suffix for suffix in SUFFIXES if reader.read(f"a{suffix}", b"", ASKED) is not None]


@every_format()
def test_it_says_none_for_foreign_names(reader: ModuleType) -> None:
    """A format claims files by the ends of their names only."""
    assert [reader.read(name, b"x = 1", ASKED) for name in FOREIGN] == [None] * len(FOREIGN)


@every_format()
def test_it_knows_its_files_by_name(reader: ModuleType) -> None:
    """What it claims does not depend on the contents or on case."""
    suffixes = own_suffixes(reader)
    assert suffixes
    for suffix in suffixes:
        assert reader.read(f"A{suffix.upper()}", b"\0\xff", ASKED) is not None


def test_no_file_is_claimed_twice() -> None:
    """Each ending belongs to one format."""
    claims = [suffix for reader in FORMATS.values() for suffix in own_suffixes(reader)]
    assert sorted(claims) == sorted(SUFFIXES)


@every_format()
@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf"], ids=["nothing", "blanks", "mark"])
def test_an_empty_file_is_said_to_be_empty(reader: ModuleType, data: bytes) -> None:
    """An empty file has nothing in it and says why, without any other complaint."""
    for suffix in own_suffixes(reader):
        source = reader.read(f"a{suffix}", data, ASKED)
        assert [remark.code for remark in source.remarks] == ["empty_file"]
        assert (source.cells, source.answers) == ((), {})


@every_format()
def test_what_is_no_text_is_said_to_be_none(reader: ModuleType) -> None:
    """A picture with another ending has nothing in it and says why."""
    for suffix in own_suffixes(reader):
        source = reader.read(f"a{suffix}", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ASKED)
        assert source.remarks[0].code == "not_text"
        assert (source.cells, source.answers) == ((), {})


@every_format()
@given(data=FRAGMENTS)
def test_it_never_raises(reader: ModuleType, data: bytes) -> None:
    """Whatever the bytes are: a source that can be written down, with answers to what is asked only."""
    for suffix in own_suffixes(reader):
        source = reader.read(f"a{suffix}", data, ASKED)
        assert msgspec.json.decode(msgspec.json.encode(source), type=Source) == source
        assert set(source.answers) <= set(ASKED)
