"""Plain values as a page shows them: short, exact about what is left out, harmless to look at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice, product
from numbers import Number
from typing import Any

import numpy as np
from msgspec import Struct

from grader.model.given import Given

LINES = 8
"""Rows, columns and items of one value that are shown."""
SLICES = 4
"""Matrices of one array of more than two axes that are shown."""
TEXT = 400
"""Characters of one text that are shown."""
DEPTH = 4
AXES = 8
"""Levels of nested lists that count as axes of an array."""
NUMERIC = "biufc"
SCALARS = (bool, int, float, complex, np.generic)
DIGITS = (6, 9, 12, 17)
ELLIPSIS = "…"

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ESCAPED = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
_INDEX = re.compile(r"-?\d+")

Place = tuple[int, ...]


class Plain(Struct, frozen=True, gc=False):  # texts and numbers, which cannot hold it in turn
    """A number or a text on one line; `left_out` characters of it are not shown."""

    text: str
    differs: bool = False
    left_out: int = 0


class Cell(Struct, frozen=True, gc=False):  # likewise
    """One entry of a matrix."""

    text: str
    differs: bool = False


class Line(Struct, frozen=True):
    """One row of a matrix; `index` is its number where rows are left out, else empty."""

    index: str
    cells: tuple[Cell, ...]


class Grid(Struct, frozen=True):
    """A vector or a matrix; `columns` and `shape` are empty where nothing is left out."""

    lines: tuple[Line, ...]
    columns: tuple[str, ...] = ()
    shape: str = ""


class Group(Struct, frozen=True):
    """Several labelled values: items of a tuple or a dictionary, matrices of a larger array."""

    items: tuple[tuple[str, Shown], ...]
    left_out: int = 0


Shown = Plain | Grid | Group


def visible(text: str) -> str:
    """Text in which controls, ANSI and bidirectional marks stand as escapes such as `\\x1b`."""
    if text.isprintable():  # as nearly every text is; what is not holds one of these, or a rare space
        return text
    return "".join(
        character if unicodedata.category(character) not in _HIDDEN else _escaped(character)
        for character in text
    )


def _escaped(character: str) -> str:
    code = ord(character)
    if character in _ESCAPED:
        return _ESCAPED[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def place_of(text: str) -> Place:
    """Indexes of a difference's place: `[1][0, 2]` is (1, 0, 2)."""
    return tuple(int(number) for number in _INDEX.findall(text))


def shown(value: Any, place: Place = (), digits: int = DIGITS[0], *, marked: bool = False) -> Shown:
    """What a page shows of `value`; where `marked`, what lies at `place` differs."""
    return _shown(value, place, digits, marked, DEPTH)


def pair(expected: Any, actual: Any, place: Place) -> tuple[Shown, Shown]:
    """Both sides of a difference, with as many digits as it takes to see it."""
    ends = at(expected, place), at(actual, place)
    texts = ((digits, number_text(ends[0], digits), number_text(ends[1], digits)) for digits in DIGITS)
    digits = next((digits for digits, one, other in texts if one != other), DIGITS[0])
    return shown(expected, place, digits, marked=True), shown(actual, place, digits, marked=True)


def at(value: Any, place: Place) -> Any:
    """What lies at `place` inside `value`; None where nothing does."""
    for number, index in enumerate(place):
        array = _as_array(value)
        if array is not None and array.ndim:
            return _entry(array, place[number:])
        if type(value) not in (list, tuple) or not -len(value) <= index < len(value):
            return None
        value = value[index]
    return value


def _entry(array: np.ndarray[Any, Any], place: Place) -> Any:
    array = _fitted(array, place)
    return array[place] if _inside(array, place) else None


def _fitted(array: np.ndarray[Any, Any], place: Place) -> np.ndarray[Any, Any]:
    """Without axes of length 1, where only so the place fits."""
    squeezed = np.squeeze(array)
    return squeezed if array.ndim != len(place) == squeezed.ndim else array


def _inside(array: np.ndarray[Any, Any], place: Place) -> bool:
    return array.ndim == len(place) and all(-n <= i < n for i, n in zip(place, array.shape, strict=True))


def _shown(value: Any, place: Place, digits: int, marked: bool, depth: int) -> Shown:
    array = _as_array(value)
    if array is not None and array.ndim:
        fitted = _fitted(array, place) if marked else array
        return _array(fitted, place if marked and place and _inside(fitted, place) else None, digits)
    if depth and type(value) in (list, tuple) and any(type(item) is not str for item in value):
        items = [(f"[{index}]", item, index) for index, item in enumerate(value)]
        return _group(items, len(value), place, digits, marked, depth)
    if depth and type(value) is dict and value:
        first = islice(value.items(), LINES)
        labels = [(f"[{_text(key, digits)}]", item, -1) for key, item in first]
        return _group(
            labels, len(value), place, digits, False, depth
        )  # a place is made of numbers, not of keys
    text = _text(value, digits)
    lines = "\n".join(map(visible, text[:TEXT].strip("\n").split("\n")))
    return Plain(lines, marked and not place, max(0, len(text) - TEXT))


def _group(
    items: Sequence[tuple[str, Any, int]], size: int, place: Place, digits: int, marked: bool, depth: int
) -> Group:
    kept = [item for item in items if item[2] < LINES or (marked and place[:1] == (item[2],))]
    return Group(
        tuple(
            (
                visible(label[:TEXT]),
                _shown(item, place[1:], digits, marked and place[:1] == (index,), depth - 1),
            )
            for label, item, index in kept
        ),
        size - len(kept),
    )


def _as_array(value: Any) -> np.ndarray[Any, Any] | None:
    """The value as an array where it is one, or is a regular nesting of numbers or rows of formulas.

    Texts stay objects: numpy's own text arrays give every entry the room of the longest.
    """
    if isinstance(value, np.ndarray):
        return value if value.dtype.kind in NUMERIC else None
    if type(value) not in (list, tuple) or not value or any(isinstance(item, np.ndarray) for item in value):
        return None
    try:
        objects = np.asarray(value, dtype=object)
        if objects.ndim > AXES:
            return None
        if all(isinstance(item, SCALARS) for item in objects.flat):
            return np.asarray(value)
    except (TypeError, ValueError, OverflowError):
        return None
    table = (Number, str) if objects.ndim == 2 else (Number,)
    return objects if all(isinstance(item, table) for item in objects.flat) else None


def _array(array: np.ndarray[Any, Any], place: Place | None, digits: int) -> Shown:
    if not array.size:
        return Plain(f"[] {array.shape}")
    if array.ndim <= 2:
        return _grid(array, place, digits)
    outer = array.shape[:-2]
    wanted = place[:-2] if place else None
    indexes = list(islice(product(*map(range, outer)), SLICES))
    if wanted is not None and wanted not in indexes:
        indexes[-1] = wanted
    items = tuple(
        (
            f"[{', '.join(map(str, index))}, :, :]",
            _grid(array[index], place[-2:] if place and index == wanted else None, digits),
        )
        for index in indexes
    )
    return Group(items, int(np.prod(outer)) - len(items))


def _grid(array: np.ndarray[Any, Any], place: Place | None, digits: int) -> Grid:
    matrix = np.atleast_2d(np.asarray(array))
    spot = None if place is None else (0, place[0]) if array.ndim == 1 else (place[0], place[1])
    rows = _kept(matrix.shape[0], spot[0] if spot else None)
    columns = _kept(matrix.shape[1], spot[1] if spot else None)
    cut = None in rows or None in columns
    entries: Any = matrix if cut else matrix.tolist()  # Python's own numbers take less time than numpy's
    lines = tuple(
        Line(
            _index(row, cut and array.ndim == 2),
            tuple(
                Cell(ELLIPSIS)
                if row is None or column is None
                else Cell(number_text(entries[row][column], digits), (row, column) == spot)
                for column in columns
            ),
        )
        for row in rows
    )
    shape = " × ".join(map(str, array.shape)) if cut else ""
    return Grid(lines, tuple(_index(column, cut) for column in columns) if cut else (), shape)


def _index(number: int | None, cut: bool) -> str:
    return "" if not cut else ELLIPSIS if number is None else str(number)


def _kept(size: int, wanted: int | None) -> list[int | None]:
    """Indexes that are shown: the first ones, and the wanted one; None where some are left out."""
    if size <= LINES:
        return list(range(size))
    kept: list[int | None] = list(range(LINES))
    if wanted is None or 0 <= wanted < LINES:
        return [*kept, None]
    wanted %= size
    gap: list[int | None] = [] if wanted == LINES else [None]
    end: list[int | None] = [] if wanted == size - 1 else [None]
    return [*kept, *gap, wanted, *end]


def number_text(value: Any, digits: int = DIGITS[0]) -> str:
    """A number as a person would write it down, with at most so many significant digits."""
    if isinstance(value, (bool, np.bool_)) or value is None:
        return str(value)
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (complex, np.complexfloating)):
        return f"{complex(value):.{digits}g}"
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.{digits}g}"
    return visible(str(value)[:TEXT]) if isinstance(value, (str, Number)) else ""


def _text(value: Any, digits: int) -> str:
    if value is None or isinstance(value, (bool, int, float, complex, np.generic)):
        return number_text(value, digits)
    if isinstance(value, np.ndarray):
        return number_text(value[()], digits)
    if isinstance(value, str):
        return value
    if type(value) in (list, tuple, set, frozenset):
        ends = ("[", "]") if type(value) is list else ("(", ")") if type(value) is tuple else ("{", "}")
        items = [_text(item, digits) for item in islice(value, 1000)]
        return ends[0] + ", ".join(_ordered(items, value)) + ends[1]
    if type(value) is Given:
        leading = ", ".join(_text(_listed(item), digits) for item in value.arguments)
        return f"{value.module}.{value.name}" + (f"({leading}, ·)" if leading else "")
    if type(value) is dict:
        pairs = (f"{_text(key, digits)}: {_text(item, digits)}" for key, item in islice(value.items(), 1000))
        return f"{{{', '.join(pairs)}}}"
    named = getattr(value, "__name__", None) or str(value)
    return type(value).__name__ if " at 0x" in named else str(named)


def _listed(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray) else value


def _ordered(items: list[str], value: Iterable[Any]) -> list[str]:
    """A set has no order of its own: the same set must give the same bytes."""
    return sorted(items) if isinstance(value, (set, frozenset)) else items
