"""Trees are written so that they are read back."""

from __future__ import annotations

import pytest

from grader.algebra.comparison.equality import Equal, compare
from grader.algebra.differentiation.differentiating import derivative
from grader.algebra.latex import write_latex
from grader.algebra.names import Symbols
from grader.algebra.reader.reading import read
from grader.algebra.writing import write

LETTERS = Symbols(("x", "y", "t", "V1", "alpha", "∂L/∂G1"))


@pytest.mark.parametrize(
    "text",
    [
        "x - (y - t)",
        "-(x + y)",
        "(-x)*y",
        "x*(-y)",
        "-x*y",
        "-(-x)",
        "x/(y/t)",
        "x/(y*t)",
        "x*(y/t)",
        "x/y*t",
        "(x^y)^t",
        "x^(y^t)",
        "(-x)^2",
        "2^(-x)",
        "2*3^x",
        "2x",
        "2sin(x)^2",
        "0.25x",
        "lg(x)*log(x, y)",
        "d/dy(x*y)*x",
        "x/(d/dy(x*y))",
        "(d/dy(x))^2",
        "2*d/dy(x)",
        "∂L/∂G1*V1 + alpha",
        "2*e^x",
    ],
)
def test_few_brackets(text: str) -> None:
    """Only brackets that carry meaning are written, and the text is read back to the same tree."""
    tree = read(text, LETTERS)
    assert text.replace("2*e", "2e") == write(tree)
    assert tree == read(write(tree), LETTERS)


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("x/y", r"\frac{x}{y}"),
        ("2x^2", r"2x^{2}"),
        ("x*(y + 1)", r"x \cdot \left(y + 1\right)"),
        ("√(x+1)", r"\sqrt{x + 1}"),
        ("tg x", r"\operatorname{tg}\left(x\right)"),
        ("tg^2 x", r"\left(\operatorname{tg}\left(x\right)\right)^{2}"),
        ("log_2 x", r"\log_{2}\left(x\right)"),
        ("|x|", r"\left|x\right|"),
        ("e^(-x)", r"e^{-x}"),
        ("V1 alpha", r"V_{1} \cdot \alpha"),
        ("∂L/∂G1", r"\frac{\partial L}{\partial G_{1}}"),
        ("d/dy(x)", r"\frac{d}{d y}\left(x\right)"),
        ("pi", r"\pi"),
    ],
)
def test_latex(text: str, latex: str) -> None:
    """LaTeX as it is usually set, which reads back to an equal formula."""
    tree = read(text, LETTERS)
    assert latex == write_latex(tree)
    assert isinstance(compare(tree, read(latex, LETTERS)), Equal)


def test_latex_of_the_example_of_the_course() -> None:
    """The derivative of (xy + e^(txy))^y survives the way through LaTeX."""
    tree = derivative(read("(xy + e^(txy))^y", LETTERS), "y")
    assert isinstance(compare(tree, read(write_latex(tree), LETTERS)), Equal)
