"""Formulas of students, who write an answer's name before it, and decimal commas without having announced them."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field

from grader.algebra.names import Symbols
from grader.algebra.nodes import Node
from grader.algebra.reader.plain_text import MAX_LENGTH
from grader.algebra.reader.reading import read
from grader.algebra.unreadable import Unreadable

_NAMED = re.compile(r"\s*(?:ответ|answer)\s*:\s*", re.IGNORECASE)
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_BEFORE = re.compile(r"([A-Za-z]+\d*)\s*(_?)\s*$")
_LONGEST = 16
_SEVERAL = frozenset(
    {
        *(
            "log",
            "log2",
            "pow",
            "power",
            "diff",
            "Derivative",
            "min",
            "Min",
            "minimum",
            "max",
            "Max",
            "maximum",
        ),
        *("gcd", "lcm", "binom", "binomial", "comb", "Mod"),
    }
)
"""Functions among whose arguments a comma parts."""


def read_typed(text: str, symbols: Symbols) -> Node:
    """Read a formula; if it cannot be read as it stands, with decimal commas where commas can be nothing else.

    Among the arguments of a function that takes several, a comma parts them, unless a semicolon does; a text with
    commas of both kinds is not read. `ln(0,5)` is the logarithm of one half, since nobody gives `ln` a base.
    Raises `Unreadable`.
    """
    named = _NAMED.match(text)
    if named:
        text = " " * named.end() + text[named.end() :]
    if symbols.decimal_comma or len(text) > MAX_LENGTH or not _COMMA.search(text):
        return read(text, symbols)
    pointed, sure = _pointed(text, symbols.functions)
    if sure:
        return read(pointed, symbols)
    try:
        return read(text, symbols)
    except Unreadable:
        if pointed != text:
            with suppress(Unreadable):
                return read(pointed, symbols)
        raise


@dataclass
class _Group:
    """What stands in brackets: whether commas in it may part arguments, and where they are between digits.

    `index` says that it is an index, `semicolon` that something else parts it.
    """

    several: bool = False
    alone: bool = False
    index: bool = False
    semicolon: bool = False
    commas: list[int] = field(default_factory=list)


def _pointed(text: str, functions: tuple[str, ...]) -> tuple[str, bool]:
    """Write points for decimal commas, and tell whether one of them would be misread as it stands."""
    open_groups, groups = [_Group()], []
    for place, sign in enumerate(text):
        if sign in "([{":
            open_groups.append(_opened(text[max(place - _LONGEST, 0) : place], sign, functions))
        elif sign in ")]}" and len(open_groups) > 1:
            groups.append(open_groups.pop())
        elif sign == ";" and len(open_groups) > 1:
            open_groups[-1].semicolon = True
        elif sign == "," and _COMMA.match(text, place):
            open_groups[-1].commas.append(place)
    groups = [group for group in (*groups, *open_groups) if group.commas and not group.index]
    if any(group.several and not group.semicolon for group in groups):
        return text, False
    signs = list(text)
    for group in groups:
        for place in group.commas:
            signs[place] = "."
    return "".join(signs), any(group.semicolon or group.alone for group in groups)


def _opened(before: str, bracket: str, functions: tuple[str, ...]) -> _Group:
    found = _BEFORE.search(before)
    name, below = (found[1], bool(found[2])) if found else ("", before.rstrip().endswith("_"))
    if below or (bracket == "[" and before[-1:].isalnum()):
        return _Group(index=name != "log")
    return _Group(several=name in _SEVERAL or name in functions, alone=name == "ln")
