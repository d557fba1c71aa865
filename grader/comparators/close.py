"""Numbers and arrays that agree up to the rounding that the problem itself has.

The tolerance comes from the problem: from the precision of the answer's dtype, and from how far the expected
value moves when its inputs are perturbed by rounding (`Measured.noise`). An author may override it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.model.comparing import Measured
from grader.model.verdict import Difference

ROUNDINGS = 1024
"""How many times the rounding of the inputs an answer may be off: another order of summation stays far below."""

COARSEST = 1e-3
"""What an answer's own dtype may add to the tolerance, as a share of the largest expected magnitude.

The dtype is the student's choice: without a bound, a zero of half precision would agree with everything.
"""

DIGITS = (6, 9, 13, 17)

_NUMBERS = (bool, int, float, complex, np.number, np.bool_)


@dataclass(frozen=True)
class Close:
    """Compares numbers, arrays and nested sequences of numbers; lists count as arrays.

    relative     overrides the tolerance: this share of the largest expected magnitude
    keep_shape   False: axes of length 1 may be missing or added
    """

    relative: float | None = None
    keep_shape: bool = True

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give the first place, in C order, where the answers part."""
        noise: Any = 0.0
        if isinstance(expected, Measured):
            expected, noise = expected.value, expected.noise
        if type(expected) in (tuple, list) and any(np.ndim(item) for item in expected):
            return self._sequence(expected, noise, actual)
        wanted = np.asarray(expected)
        given = self.read(actual)
        if given is None:
            return Difference("type", expected=_kind(wanted), actual=_name(actual))
        if not self.keep_shape:
            wanted, given, noise = np.squeeze(wanted), np.squeeze(given), np.squeeze(noise)
        if wanted.shape != given.shape:
            return Difference("shape", expected=_shape(wanted), actual=_shape(given))
        return self._values(wanted, given, noise)

    def read(self, actual: Any) -> np.ndarray[Any, np.dtype[Any]] | None:
        """The answer as a numeric array, or None where it is none."""
        try:
            if type(actual) in (list, tuple):
                # numpy would pad texts to the longest of them, at any price; so leaves are looked at first
                leaves = np.array(actual, dtype=object)
                if not all(isinstance(leaf, _NUMBERS) for leaf in leaves.flat):
                    return None
                array = np.asarray(leaves.tolist())
            elif isinstance(actual, (np.ndarray, *_NUMBERS)):
                array = np.asarray(actual)
            else:
                return None
            if array.dtype.kind == "O":
                array = array.astype(np.float64)
        except (
            TypeError,
            ValueError,
            OverflowError,
            RecursionError,
            RuntimeError,
        ):  # the last: too many axes
            return None
        return array if array.dtype.kind in "biufc" else None

    def _sequence(self, expected: Any, noise: Any, actual: Any) -> Difference | None:
        if type(actual) not in (tuple, list) or len(actual) != len(expected):
            size = len(actual) if type(actual) in (tuple, list) else 1
            return Difference("count", expected=str(len(expected)), actual=str(size))
        for number, (wanted, given) in enumerate(zip(expected, actual, strict=True)):
            part = noise[number] if isinstance(noise, tuple) else noise
            found = self(Measured(wanted, part), given)
            if found is not None:
                return Difference(found.kind, f"[{number}]{found.place}", found.expected, found.actual)
        return None

    def _values(
        self, wanted: np.ndarray[Any, Any], given: np.ndarray[Any, Any], noise: Any
    ) -> Difference | None:
        if not wanted.size:
            return None
        with np.errstate(all="ignore"):
            off = np.abs(given.astype(np.complex128) - wanted.astype(np.complex128))
            same = (given == wanted) | (np.isnan(given) & np.isnan(wanted))
            differ = ~(same | (off <= self._tolerance(wanted, given, noise)))
        if not differ.any():
            return None
        first = np.unravel_index(int(np.argmax(differ)), differ.shape)
        place = str([int(index) for index in first]) if first else ""
        return Difference("value", place, *told_apart(wanted[first], given[first]))

    def _tolerance(self, wanted: np.ndarray[Any, Any], given: np.ndarray[Any, Any], noise: Any) -> Any:
        finite = np.abs(wanted[np.isfinite(wanted)])
        scale = float(finite.max()) if finite.size else 0.0
        if self.relative is not None:
            return self.relative * scale
        eps = np.finfo(np.float64).eps
        tolerance = ROUNDINGS * (eps * scale + np.asarray(noise, dtype=np.float64))
        if given.dtype.kind not in "fc":
            return tolerance
        coarser = float(np.finfo(given.dtype).eps / eps)
        return np.maximum(tolerance, np.minimum(coarser * tolerance, COARSEST * scale))


def told_apart(wanted: Any, given: Any) -> tuple[str, str]:
    """Two different numbers as a person would write them down: with as few digits as tell them apart."""
    texts = number_text(wanted), number_text(given)
    for digits in DIGITS[1:]:
        if texts[0] != texts[1]:
            break
        texts = number_text(wanted, digits), number_text(given, digits)
    return texts


def number_text(value: Any, digits: int = DIGITS[0]) -> str:
    """A number with at most so many significant digits."""
    if isinstance(value, (complex, np.complexfloating)):
        return f"{value:.{digits}g}"
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    return f"{float(value):.{digits}g}"


def _shape(array: np.ndarray[Any, Any]) -> str:
    return str(tuple(array.shape))


def _kind(array: np.ndarray[Any, Any]) -> str:
    return "array" if array.ndim else "number"


def _name(value: Any) -> str:
    return type(value).__name__
