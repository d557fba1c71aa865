"""Symbolic proof confirms, never rejects, and ends in time."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from grader.algebra.names import Symbols
from grader.algebra.proving import proved
from grader.algebra.reading import read

LETTERS = Symbols(("x", "y", "t"))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("(x + y)^2", "x^2 + 2xy + y^2"),
        ("sin(x)^2 + cos(x)^2", "1"),
        ("d/dx(x^2 sin x)", "2x sin x + x^2 cos x"),
        ("1/ch(x)^2", "1 - th(x)^2"),
    ],
)
def test_equal_formulas_are_proved_equal(left: str, right: str) -> None:
    """A proof is found for what a textbook would show."""
    assert proved(read(left, LETTERS), read(right, LETTERS), seconds=60)


def test_a_wrong_formula_is_never_proved() -> None:
    """No proof is found where formulas differ, be it for negative values alone."""
    assert not proved(read("sin(x)^2", LETTERS), read("sin(x)", LETTERS), seconds=60)
    assert not proved(read("sqrt(x^2)", LETTERS), read("x", LETTERS), seconds=60)
    assert proved(read("sqrt(x^2)", LETTERS), read("x", LETTERS), seconds=60, positive=("x",))


def test_a_proof_that_takes_too_long_is_given_up() -> None:
    """The child is killed, and the answer is that nothing was proved."""
    started = time.monotonic()
    hard = read("(x + y + t + 1)^90 (x - y)^90", LETTERS)
    assert not proved(hard, read("x", LETTERS), seconds=0.05)
    assert time.monotonic() - started < 30


def test_the_way_of_an_answer_is_free_of_sympy() -> None:
    """Reading and comparing imports neither sympy nor the child of a proof."""
    code = (
        "import sys, grader.algebra.answer_equality, grader.algebra.proving;"
        "sys.exit(any(name.partition('.')[0] == 'sympy' or name.endswith('_prover') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
