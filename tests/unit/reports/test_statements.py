"""Statements of which everyone is dealt other numbers are rendered as if each were rendered alone."""

from __future__ import annotations

import random

import pytest

from grader.reports import statements

TEXTS = (
    "the picture $V = {matrix}$, and no number 2 or -3 outside",
    "| a | b |\n|---|---|\n| ${matrix}$ | 7 |\n\n1. one\n2. $x_2 = {matrix}^2$ and `{matrix}`\n",
    "$$W = {matrix} \\cdot 7310000000$$",
)


def matrix(rng: random.Random) -> str:
    """A matrix as it is dealt."""
    columns = rng.randrange(1, 4)
    rows = [
        " & ".join(str(rng.randrange(-20, 21)) for _ in range(columns)) for _ in range(rng.randrange(1, 4))
    ]
    return "\\begin{pmatrix} " + " \\\\ ".join(rows) + " \\end{pmatrix}"


@pytest.mark.parametrize("number", range(40))
def test_numbers_put_in_afterwards_are_the_same(number: int) -> None:
    """The HTML is the one that the converter gives for the very numbers."""
    text = TEXTS[number % len(TEXTS)].replace("{matrix}", matrix(random.Random(number)))
    assert (statements.block(text), statements.inline(text)) == (
        statements._reader().render(text),
        statements._reader().renderInline(text),
    )


def test_a_difference_of_numbers_is_no_entry() -> None:
    """`5-3` is a difference, not two entries."""
    text = "$\\begin{pmatrix} 5-3 & -1 \\end{pmatrix}$"
    assert statements.inline(text) == statements._reader().renderInline(text)


@pytest.mark.parametrize(
    ("latex", "signs"),
    [("(-1, -2)", 2), ("y = -x", 1), (r"x \le -1", 1), ("1 - 2", 0), ("(a) - b", 0), ("x_i-1", 0)],
)
def test_a_minus_is_a_sign_or_that_of_a_difference(latex: str, signs: int) -> None:
    """Only a minus between two terms has space around it."""
    assert statements.inline(f"${latex}$").count('<mo form="prefix">&#x02212;') == signs
