"""How the lines of a derivation are told from what stands around them."""

from __future__ import annotations

import pytest

from grader.comparators.derivation import Derivation


@pytest.mark.parametrize(
    "steps",
    [
        r"$$\begin{aligned} \frac{\partial}{\partial x}\left(x^2 y\right) &= 2 x y \\ &= (x + x) y \end{aligned}$$",
        "\\begin{align*}\nf' &= 2xy \\notag \\\\\n&= y x + y x\n\\end{align*}",
        "2xy\n= y(x + x)",
        "d/dx = 2xy\n= y(x + x)",
        "2*x*y =\n  = (x + x)*y",
        ["2xy", "= y(x + x)"],
    ],
)
def test_lines_below_each_other_are_a_derivation(steps: str | list[str]) -> None:
    """Display formulas of LaTeX, lines with a sign in front or at the end, and lists of lines read alike."""
    assert Derivation(("x", "y"))("2*x*y", steps) is None
