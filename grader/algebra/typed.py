"""Formulas of students, whose commas may be decimal ones without anybody having said so."""

from __future__ import annotations

import re
from contextlib import suppress

from grader.algebra.names import Symbols
from grader.algebra.nodes import Node
from grader.algebra.reading import read
from grader.algebra.unreadable import Unreadable

_ARGUMENTS = re.compile(r"[^\W\d_]\s*\([^()]*\d,\d")
_COMMA = re.compile(r"(?<=\d),(?=\d)")


def read_typed(text: str, symbols: Symbols) -> Node:
    """Read a formula; if it cannot be read as it stands, with decimal commas where commas can be nothing else.

    Among the arguments of a function a comma parts them. Raises `Unreadable`.
    """
    try:
        return read(text, symbols)
    except Unreadable:
        pointed = _COMMA.sub(".", text)
        if symbols.decimal_comma or pointed == text or "," in pointed or _ARGUMENTS.search(text):
            raise
        with suppress(Unreadable):
            return read(pointed, symbols)
        raise
