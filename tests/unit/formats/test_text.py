"""What bytes say, whichever editor wrote them."""

from __future__ import annotations

import codecs

import pytest

from grader.formats._text import text_of

TEXT = "# Ответ\nx = 'ёж'\n"


def codes(data: bytes) -> tuple[str | None, list[str]]:
    """The text, and the codes of the remarks."""
    text, remarks = text_of("a.py", data)
    return text, [remark.code for remark in remarks]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "crlf", "cr"],
)
def test_usual_encodings_read_alike(data: bytes) -> None:
    """Byte-order marks and line ends of other systems make no difference, and need no remark."""
    assert codes(data) == (TEXT, [])


def test_windows_cyrillic_is_read_and_said() -> None:
    """A file in cp1251 without a cookie is read, and the page says so."""
    assert codes(TEXT.encode("cp1251")) == (TEXT, ["wrong_encoding"])


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "iso8859-5"])
def test_a_cookie_is_obeyed(encoding: str) -> None:
    """A coding cookie in the first or second line names the encoding."""
    text = f"#!/usr/bin/python\n# -*- coding: {encoding} -*-\n{TEXT}"
    assert codes(text.encode(encoding)) == (text, [])


@pytest.mark.parametrize(
    "cookie", ["nonsense", "hex", "zlib", "idna", "punycode", "undefined", "unicode_escape", "utf-7", "rot13"]
)
def test_a_cookie_that_names_no_encoding_of_files_is_passed_over(cookie: str) -> None:
    """Codecs that turn text into other text, or take forever, are not obeyed; UTF-8 is assumed."""
    text = f"# coding: {cookie}\nx = '\\x41 +AGE- ёж'\n"
    assert codes(text.encode()) == (text, [])


@pytest.mark.parametrize(
    "data", [bytes(range(256)), b"\x89PNG\r\n\x1a\n\0\0", b"\x7fELF" + b"\x01\x02\x98" * 50]
)
def test_what_is_no_text_is_said_to_be_none(data: bytes) -> None:
    """Pictures and programs that were renamed are recognised."""
    assert codes(data) == (None, ["not_text"])
