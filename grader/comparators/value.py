"""Numbers, vectors and matrices that were worked out by hand and typed, compared exactly.

It does not matter how they are written down: `[[1, 2], [3, 4]]`, a tuple, an array or a text all are the same
matrix, and a number may stand alone, in brackets of its own, or be worked out: `3·3·6 = 54`. A flat list may stand
for a row or a column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from grader.algebra.reader.arithmetic import worked_out
from grader.algebra.reader.reading import Unreadable
from grader.algebra.reader.values import read_value
from grader.model.comparing import Measured
from grader.model.verdict import Difference

FLOAT_SLACK = Fraction(1, 10**12)
"""How far, relatively, a number that Python has computed (`1/3`) may be from the exact one."""


@dataclass(frozen=True)
class Numbers:
    """Exact numbers in C order with the shape of their container; `computed` marks binary floats."""

    shape: tuple[int, ...]
    items: tuple[Fraction | int, ...]
    computed: tuple[bool, ...]


class NotNumericError(Exception):
    """A value is no number and no table of numbers; `difference` says why."""

    def __init__(self, difference: Difference) -> None:
        super().__init__(difference.kind)
        self.difference = difference


@dataclass(frozen=True)
class Value:
    """Compares numbers, vectors and matrices exactly.

    decimals     an answer that is rounded correctly to at least so many decimals is right, too
    """

    decimals: int | None = None

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give the first place, in C order, where the answers part."""
        if isinstance(expected, Measured):
            expected = expected.value
        wanted = numbers(expected)
        try:
            given = numbers(actual)
        except NotNumericError as error:
            if error.difference.kind == "shape":
                return Difference("shape", "", str(wanted.shape), error.difference.actual)
            return error.difference
        if not _same_shape(wanted.shape, given.shape):
            return Difference("shape", "", str(wanted.shape), str(given.shape))
        if wanted.items == given.items:
            return None
        for number, (right, answer) in enumerate(zip(wanted.items, given.items, strict=True)):
            if not self._agree(right, answer, given.computed[number]):
                place = [int(index) for index in np.unravel_index(number, wanted.shape)]
                return Difference("value", str(place) if place else "", _text(right), _text(answer))
        return None

    def read(self, actual: Any) -> np.ndarray[Any, np.dtype[Any]] | None:
        """The answer as an array of ints where all are whole, else of floats; None where unreadable."""
        try:
            given = numbers(actual)
        except NotNumericError:
            return None
        try:
            whole = all(item.denominator == 1 for item in given.items)
            flat = [int(item) if whole else float(item) for item in given.items]
            return np.array(flat, dtype=np.int64 if whole else np.float64).reshape(given.shape)
        except (OverflowError, ValueError):  # beyond all floats, or deeper than arrays go
            return None

    def key(self, actual: Any) -> tuple[str, ...] | None:
        """The numbers to six digits, or to so many decimals: equal for answers that agree, but for rounding."""
        try:
            given = numbers(actual.value if isinstance(actual, Measured) else actual)
            form = ".6g" if self.decimals is None else f".{self.decimals}f"
            return (
                str([n for n in given.shape if n != 1]),
                *(f"{float(item):{form}}" for item in given.items),
            )
        except (NotNumericError, OverflowError):
            return None

    def _agree(self, right: Fraction | int, answer: Fraction | int, computed: bool) -> bool:
        exact = Fraction(right)
        off = abs(exact - answer)
        if off == 0 or (computed and off <= FLOAT_SLACK * abs(exact)):
            return True
        if self.decimals is None:
            return False
        written = _decimals(answer)
        if written is None:
            return False
        return off <= Fraction(1, 2 * 10 ** max(written, self.decimals))


def numbers(value: Any) -> Numbers:
    """Read a number or a table of numbers, however it is contained. Raises `NotNumericError`."""
    if isinstance(value, str):
        try:
            value = _read(str(value))
        except Unreadable as error:
            detail = {"column": str(error.column), "wanted": str(error.wanted), "found": str(error.found)}
            raise NotNumericError(Difference("unreadable", actual=str(value)[:80], detail=detail)) from None
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "iu":
            return Numbers(value.shape, tuple(value.ravel().tolist()), (False,) * value.size)
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        if value and all(type(item) is int for item in value):
            return Numbers((len(value),), tuple(value), (False,) * len(value))
        return _table([numbers(item) for item in value])
    exact = _exact(value)
    if exact is None:
        raise NotNumericError(Difference("type", expected="number", actual=_name(value)))
    return Numbers((), (exact,), (isinstance(value, (float, np.floating)),))


def _read(text: str) -> Any:
    try:
        return read_value(text)
    except Unreadable as error:
        try:
            return worked_out(text)
        except Unreadable:
            raise error from None


def _table(rows: Sequence[Numbers]) -> Numbers:
    shapes = {row.shape for row in rows}
    if len(shapes) > 1:
        raise NotNumericError(
            Difference("shape", expected="equal rows", actual=" ".join(str(r.shape) for r in rows[:9]))
        )
    inner = shapes.pop() if shapes else ()
    return Numbers(
        (len(rows), *inner),
        tuple(item for row in rows for item in row.items),
        tuple(flag for row in rows for flag in row.computed),
    )


def _exact(value: Any) -> Fraction | int | None:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, complex) and value.imag == 0:
        value = value.real
    if type(value) in (int, Fraction):
        return value  # type: ignore[no-any-return]
    if type(value) is float and np.isfinite(value):
        return Fraction(repr(value))  # as it was typed: 0.1 is one tenth
    return None


def _same_shape(wanted: tuple[int, ...], given: tuple[int, ...]) -> bool:
    if wanted == given:
        return True
    if all(n == 1 for n in wanted) and all(n == 1 for n in given):
        return True
    flat = min(wanted, given, key=len), max(wanted, given, key=len)
    return len(flat[0]) == 1 and len(flat[1]) == 2 and flat[1] in ((1, *flat[0]), (*flat[0], 1))


def _decimals(value: Fraction | int) -> int | None:
    """How many decimals it takes to write `value` down, None where they never end."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _text(value: Fraction | int) -> str:
    try:
        if _decimals(value) in (None, 0) and max(abs(value.numerator), value.denominator) < 10**12:
            return str(value)
        return f"{float(value):.12g}"
    except OverflowError:
        return "inf" if value > 0 else "-inf"


def _name(value: Any) -> str:
    return "nan" if isinstance(value, float) else type(value).__name__
