"""Statements of which everyone is dealt other numbers are rendered as if each were rendered alone."""

from __future__ import annotations

import random
import re

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
        statements._block(text),
        statements._inline(text),
    )


def test_a_text_that_has_the_sign_of_a_hole_is_rendered_as_it_is() -> None:
    """Nobody writes a zero character; if somebody does, no number is put in its place."""
    for text in ("\0 ${matrix}$", "${matrix}$ and \0", "$\0 {matrix}$"):
        text = text.replace("{matrix}", matrix(random.Random(0)))
        assert (statements.block(text), statements.inline(text)) == (
            statements._block(text),
            statements._inline(text),
        )


def test_a_difference_of_numbers_is_no_entry() -> None:
    """`5-3` is a difference, not two entries."""
    text = "$\\begin{pmatrix} 5-3 & -1 \\end{pmatrix}$"
    assert statements.inline(text) == statements._inline(text)


@pytest.mark.parametrize(
    ("latex", "signs"),
    [("(-1, -2)", 2), ("y = -x", 1), (r"x \le -1", 1), ("1 - 2", 0), ("(a) - b", 0), ("x_i-1", 0)],
)
def test_a_minus_is_a_sign_or_that_of_a_difference(latex: str, signs: int) -> None:
    """Only a minus between two terms has space around it."""
    assert statements.inline(f"${latex}$").count('<mo form="prefix">&#x02212;') == signs


def test_no_line_begins_with_a_comma() -> None:
    """A formula and the punctuation behind it stay on one line; a formula alone needs no help."""
    html = statements.inline("$x$, then $y$ and $z$).")
    assert re.findall(r'<span class="nobr"><math.*?</math>([^<]+)</span>', html) == [",", ")."]


@pytest.mark.parametrize(
    ("latex", "mathml"),
    [
        ("x ≤ 2", "<mi>x</mi><mo>≤</mo><mn>2</mn>"),
        ("m := -a", '<mi>m</mi><mo>:=</mo><mo form="prefix">&#x02212;</mo><mi>a</mi>'),
        ("U − V", "<mi>U</mi><mo>&#x02212;</mo><mi>V</mi>"),
        ("f'", '<mrow><mi>f</mi><mo lspace="0" rspace="0">&#x02032;</mo></mrow>'),
        ("L'_z", '<msub><mrow><mi>L</mi><mo lspace="0" rspace="0">&#x02032;</mo></mrow><mi>z</mi></msub>'),
    ],
)
def test_signs_are_operators(latex: str, mathml: str) -> None:
    """Signs that are typed as they are have the space of an operator, and a prime stands at its letter."""
    assert mathml in statements.inline(f"${latex}$")
