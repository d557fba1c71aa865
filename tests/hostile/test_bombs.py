"""A written answer that is made to explode is a wrong or unreadable answer; it is read outside the box."""

from __future__ import annotations

from typing import Any

import pytest

from grader.comparators.close import Close
from grader.comparators.formula import Formula
from grader.comparators.value import Value
from grader.guest.plain import Symbolic

COMPARATORS: dict[str, tuple[Any, Any]] = {
    "formula": (Formula(symbols=("x", "y")), "x**2 + sin(y)"),
    "value": (Value(), [1, 2]),
    "close": (Close(), 1.5),
}
BOMBS = {
    "tower": "9**9**9**9",
    "tower of symbols": "x**x**x**x**x**9**9",
    "tower in brackets": "10**(10**(10**10))",
    "long tower": "**".join(["x"] * 5000),
    "brackets": "(" * 100_000 + "x" + ")" * 100_000,
    "signs": "-" * 100_000 + "x",
    "factorials": "factorial(factorial(factorial(99)))",
    "exclamations": "x" + "!" * 500,
    "exponent": "1e999999999",
    "tiny": "1e-999999999*x",
    "digits": "7" * 90_000,
    "digits above": "x**" + "7" * 3000,
    "call": "__import__('os').system('id')",
    "attribute": "x.__class__.__mro__[-1].__subclasses__()",
    "list": "[1]*10**10",
    "comprehension": "[y for y in range(10**12)]",
    "sum": "+".join(["x"] * 30_000),
    "product": "*".join(["(x+y)"] * 20_000),
    "expansion": "(x+y)**1000000",
    "limit": "(1+1/x)**(10**9)",
    "nest": "sin(" * 5000 + "x" + ")" * 5000,
    "growth": "exp(" * 200 + "x" + ")" * 200,
    "division by nothing": "x/(x-x)",
    "latex": "\\frac{" * 5000 + "x" + "}{x}" * 5000,
    "roots": "\\sqrt{" * 3000 + "x" + "}" * 3000,
    "primes": "x" + "'" * 10_000,
    "superscripts": "x" + "²" * 50_000,
    "fractions": "1/" * 50_000 + "x",
    "bars": "|" * 20_000,
    "commas": "x," * 30_000,
    "matrix": "[[" + "1," * 40_000 + "]]",
    "sine of a giant": "sin(10**10**5)+x",
    "half a character": "x\ud800",
    "nothing to see": "\u200b\u2060\ufeff" * 1000,
    "other digits": "\u0663\u0664**\u0665",
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("comparator", COMPARATORS)
def test_a_bomb_is_a_wrong_answer(comparator: str, name: str) -> None:
    """It comes back with a difference, and no exception of any kind; that it comes back at all is the point."""
    compare, expected = COMPARATORS[comparator]
    for answer in (BOMBS[name], Symbolic(BOMBS[name]), [BOMBS[name], [BOMBS[name]]]):
        assert compare(expected, answer) is not None
