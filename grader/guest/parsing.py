"""From a text to syntax trees: mending what can be mended, and saving the rest from what cannot."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .repairs.python2 import translated

Transform = Callable[[str], str]


@dataclass
class Parsed:
    """What could be read of a text.

    `tree` holds every statement that could be read, with the line numbers of the text; `faults` are
    (line, message) of the parts that could not; `mended` says what was done to read it.
    """

    tree: ast.Module
    text: str
    faults: list[tuple[int, str]] = field(default_factory=list)
    mended: tuple[str, ...] = ()
    python2: bool = False


def normal(text: str) -> str:
    """Give the text without a byte-order mark, with line feeds only."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def parse(text: str, mend: bool, transform: Transform) -> Parsed:
    """Read a text, if need be through `transform` (magics) and, if `mend`, through Python 2; never raises."""
    parsed, error = _read(text, mend, transform)
    if parsed is not None:
        return parsed
    return _salvage(text, mend, transform, error)


def _read(text: str, mend: bool, transform: Transform) -> tuple[Parsed | None, tuple[int, str]]:
    tree, error = _tree(text)
    if tree is not None:
        return Parsed(tree, text), error
    for mended, candidate in _candidates(text, mend, transform):
        tree, _ = _tree(candidate)
        if tree is not None:
            return Parsed(tree, candidate, [], mended, "Python 2 syntax" in mended), error
    return None, error


def _tree(text: str) -> tuple[ast.Module | None, tuple[int, str]]:
    try:
        return ast.parse(text), (0, "")
    except SyntaxError as error:
        return None, (error.lineno or 1, error.msg)
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        return None, (1, str(error) or type(error).__name__)


_MAGIC_LINE = re.compile(r"^[ \t]*[%!]|=[ \t]*[%!]|\?[ \t]*$", re.MULTILINE)


def _candidates(text: str, mend: bool, transform: Transform) -> Iterator[tuple[tuple[str, ...], str]]:
    if _MAGIC_LINE.search(text):
        text = transform(text)
        yield (), text
    if not mend:
        return
    straight = _expanded(text)
    if straight != text:
        yield ("tabs",), straight
    python3 = translated(text)
    if python3 is not None:
        yield ("Python 2 syntax",), python3
    if straight != text and (python3 := translated(straight)) is not None:
        yield ("tabs", "Python 2 syntax"), python3


def _expanded(text: str) -> str:
    """Indentation with spaces only, as Python 2 counted tabs."""
    if "\t" not in text:
        return text
    return re.sub(r"^[ \t]+", lambda found: found[0].expandtabs(8), text, flags=re.MULTILINE)


_STARTS = re.compile(r"[^\s#)\]}]")
_CONTINUES = re.compile(r"(?:else|elif|except|finally)\b")
_UNFINISHED = ("was never closed", "unterminated triple-quoted", "unexpected EOF")
_LONGEST_MERGE = 60


def _salvage(text: str, mend: bool, transform: Transform, error: tuple[int, str]) -> Parsed:
    """Read each top-level piece on its own, so that a broken one costs only itself."""
    result = Parsed(ast.Module([], []), text)
    pieces = list(_pieces(text.split("\n")))
    position = 0
    while position < len(pieces):
        start, lines = pieces[position]
        parsed, fault = _read("\n".join(lines), mend, transform)
        end = position + 1
        while parsed is None and any(mark in fault[1] for mark in _UNFINISHED):
            if end >= len(pieces) or end - position > _LONGEST_MERGE:
                break
            lines = lines + pieces[end][1]
            end += 1
            parsed, _ = _read("\n".join(lines), mend, transform)
        if parsed is None:
            result.faults.append((start + fault[0], fault[1]))
            position += 1
            continue
        ast.increment_lineno(parsed.tree, start)
        result.tree.body += parsed.tree.body
        result.mended = tuple(dict.fromkeys(result.mended + parsed.mended))
        result.python2 = result.python2 or parsed.python2
        position = end
    result.faults = result.faults or [error]
    return result


def _pieces(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Split at lines that start in column 0; gives the number of lines before each piece."""
    start = 0
    decorated = False
    for number, line in enumerate(lines):
        if number and _STARTS.match(line) and not _CONTINUES.match(line) and not decorated:
            yield start, lines[start:number]
            start = number
        if _STARTS.match(line):
            decorated = line.startswith("@")
    yield start, lines[start:]
