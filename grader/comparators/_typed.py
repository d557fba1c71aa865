"""What comparators of typed formulas share: taking text from an answer, and saying what is wrong with it."""

from __future__ import annotations

from fractions import Fraction
from hashlib import blake2b
from math import isfinite
from typing import Any

import numpy as np

from grader.algebra.comparison.witnesses import Witness
from grader.algebra.unreadable import Unreadable
from grader.model.comparing import Measured
from grader.model.verdict import Difference

MAX_BITS = 4096
SHOWN = 200
"""So much of an answer is quoted, in characters."""
KNOWN = 12
"""So many names are told to whom writes an unknown one."""


def number_in(value: Any) -> Fraction | None:
    """Give the exact value of an answer that is a real number, as Python would print it.

    None for anything else, and for numbers so long that no one can have meant them.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if type(value) in (int, Fraction):
        exact = Fraction(value)
        return (
            exact if max(exact.numerator.bit_length(), exact.denominator.bit_length()) <= MAX_BITS else None
        )
    if type(value) is float and isfinite(value):
        return Fraction(repr(value))
    return None


def expected_in(value: Any) -> Any:
    """Give what an oracle has answered, without its noise."""
    return value.value if isinstance(value, Measured) else value


def seed_of(text: str) -> int:
    """Give a seed that depends on the expected answer alone, so that everyone is compared at the same points."""
    return int.from_bytes(blake2b(text.encode(errors="replace"), digest_size=4).digest(), "big")


def wrong_type(actual: Any, expected: str = "formula") -> Difference:
    """The difference of an answer that is no formula at all."""
    return Difference("type", expected=expected, actual=type(actual).__name__)


def unreadable(text: str, error: Unreadable, place: str = "") -> Difference:
    """The difference of an answer that cannot be read, at the column of the error."""
    detail = {"wanted": error.wanted, "found": error.found, "column": str(error.column)}
    if error.known:
        rest = ", …" if len(error.known) > KNOWN else ""
        detail["known"] = ", ".join(error.known[:KNOWN]) + rest
    if place:
        detail["line"] = place
    return Difference("unreadable", place or str(error.column), "", text[:SHOWN], detail)


def unevaluated(text: str, column: int = 1, place: str = "") -> Difference:
    """The difference of an answer in which a derivative is still to be carried out."""
    detail = {"wanted": "evaluated_derivative", "found": "", "column": str(column)}
    if place:
        detail["line"] = place
    return Difference("unreadable", place or str(column), "", text[:SHOWN], detail)


def shown_witness(witness: Witness | None) -> dict[str, str]:
    """The details of a difference that has been seen at a point, or of one that holds everywhere."""
    if witness is None:
        return {}
    return {"witness": witness.place, "yours": witness.yours, "right": witness.right}
