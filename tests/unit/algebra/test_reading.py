"""Formulas as people type them are read as they are meant."""

from __future__ import annotations

import pytest

from grader.algebra.names import Symbols
from grader.algebra.reader.reading import Unreadable, read
from grader.algebra.writing import write

LETTERS = Symbols(("x", "y", "t", "a"))
INDEXED = Symbols(("V1", "V2", "W_1", "w_{1,1}", "dG1", "∂L/∂G1", "alpha"), (("dL/dG2", "dG1"),))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("(xy + e^(txy))^y", "(x*y + e^(t*x*y))^y"),
        ("2sin^2 x", "2sin(x)^2"),
        ("sin x cos y", "sin(x)*cos(y)"),
        ("sin 2xy", "sin(2x*y)"),
        ("sin2x", "sin(2x)"),
        ("xsinx", "x*sin(x)"),
        ("sin x / 2", "sin(x)/2"),
        ("sin x^2", "sin(x^2)"),
        ("sin(x)^2", "sin(x)^2"),
        ("sin -x", "sin(-x)"),
        ("sin^-1 x", "arcsin(x)"),
        ("sin²x", "sin(x)^2"),
        ("ln sin x", "ln(sin(x))"),
        ("ln(x)y", "ln(x)*y"),
        ("sin 2(x+y)", "sin(2*(x + y))"),
        ("tg x + ctg x", "tg(x) + ctg(x)"),
        ("tan(x) + cot(x)", "tg(x) + ctg(x)"),
        ("arctg x + arcctg x + arcsin x", "arctg(x) + arcctg(x) + arcsin(x)"),
        ("atan(x) + asin(x) + acos(x)", "arctg(x) + arcsin(x) + arccos(x)"),
        ("sh x + ch x + th x + cth x", "sh(x) + ch(x) + th(x) + cth(x)"),
        ("sinh(x)*Cosh(x)", "sh(x)*ch(x)"),
        ("log(x)", "ln(x)"),
        ("lg x", "lg(x)"),
        ("log10(x)", "lg(x)"),
        ("log_a x", "log(x, a)"),
        ("log_2 x", "log(x, 2)"),
        ("log(x, a)", "log(x, a)"),
        ("log_{20} x", "log(x, 20)"),
        ("log_20 x", "log(x, 20)"),
        ("log_2x", "log(x, 2)"),
        (r"\log_{2x} y", "log(y, 2x)"),
        ("exp(x)", "e^x"),
        ("e^-x y", "e^(-x)*y"),
        ("√x + √(xy)", "sqrt(x) + sqrt(x*y)"),
        ("2|x|", "2abs(x)"),
        ("||x| - |y||", "abs(abs(x) - abs(y))"),
        ("x² + x⁻¹", "x^2 + x^(-1)"),
        ("ху", "x*y"),
        ("x·y × t ÷ a", "x*y*t/a"),
        ("x − y", "x - y"),
        ("x**2", "x^2"),
        ("[x + {y}]*2", "(x + y)*2"),
        ("np.exp(x) + sympy.log(x) + math.sqrt(x)", "e^x + ln(x) + sqrt(x)"),
        ("Pow(x, 2)", "x^2"),
        (r"\frac{x}{y}", "x/y"),
        (r"\frac12 x", "1/2*x"),
        (r"\cfrac{\partial}{\partial y}(x y)", "d/dy(x*y)"),
        (r"\left(x + 1\right)^{2}", "(x + 1)^2"),
        (r"\sin x \cdot \ln y", "sin(x)*ln(y)"),
        (r"\mathrm{tg}\, x + \operatorname{arctg} x", "tg(x) + arctg(x)"),
        (r"\sqrt{x} + \sqrt[3]{x}", "sqrt(x) + x^(1/3)"),
        (r"a\sin x", "a*sin(x)"),
        (r"$\log_{2} x$", "log(x, 2)"),
        (r"e^{x}", "e^x"),
        ("y' = x + 1", "x + 1"),
        ("f' = x = y", "y"),
        ("d/dy(xy) = x", "x"),
        ("= x.", "x"),
        ("d/dy(x^2 y)", "d/dy(x^2*y)"),
        ("d[(xy)^y]/dy", "d/dy((x*y)^y)"),
        ("diff(x*y, y)", "d/dy(x*y)"),
        ("1/2x", "1/2*x"),
        ("x/y/t", "x/y/t"),
        ("-x^2", "-x^2"),
        ("2^-x", "2^(-x)"),
        ("x^y^t", "x^(y^t)"),
        ("1e-3 + .5 + 2.", "0.001 + 0.5 + 2"),
        ("pi x + π", "pi*x + pi"),
    ],
)
def test_reads_as_meant(text: str, meant: str) -> None:
    """What is typed and what it stands for are one tree."""
    assert read(meant, LETTERS) == read(text, LETTERS)
    assert meant == write(read(text, LETTERS))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("V_1", "V1"),
        ("V₁", "V1"),
        ("V_{1}", "V1"),
        ("V[1]", "V1"),
        ("v1", "V1"),
        ("W1", "W_1"),
        ("V1W1 + V2", "V1*W_1 + V2"),
        ("w_11", "w_{1,1}"),
        ("w[1][1]", "w_{1,1}"),
        ("∂L/∂G1 V1", "∂L/∂G1*V1"),
        ("∂L/∂G1V1", "∂L/∂G1*V1"),
        ("dL/dG_1", "∂L/∂G1"),
        (r"\frac{\partial L}{\partial G_1}", "∂L/∂G1"),
        ("(∂L)/(∂G1)", "∂L/∂G1"),
        ("dL/dG2", "dG1"),
        ("α + \\alpha", "alpha + alpha"),
    ],
)
def test_one_symbol_has_many_spellings(text: str, meant: str) -> None:
    """Indices, Greek letters and derivatives may be written in every usual way."""
    assert meant == write(read(text, INDEXED))


@pytest.mark.parametrize(
    ("text", "column", "wanted", "found"),
    [
        ("", 1, "expression_expected", ""),
        ("x + ", 4, "expression_expected", ""),
        ("x + * y", 5, "expression_expected", "*"),
        ("(x + 1", 7, "closing_bracket", ""),
        ("(x + 1]", 7, "closing_bracket", "]"),
        ("x)", 2, "opening_bracket", ")"),
        ("|x", 3, "closing_bar", ""),
        ("foo(x)", 1, "unknown_name", "foo"),
        ("x + ж", 5, "unknown_name", "ж"),
        ("ответ x", 1, "unknown_name", "ответ"),
        ("2x[1]", 2, "unknown_name", "x[1]"),
        ("y' = 2q", 7, "unknown_name", "q"),
        (r"\foo x", 1, "unknown_name", r"\foo"),
        ("x # y", 3, "unknown_sign", "#"),
        ("x 2", 3, "operator_expected", "2"),
        ("2 3", 3, "operator_expected", "3"),
        ("(x, y)", 3, "operator_expected", ","),
        ("sin(x, y)", 1, "argument_count", "sin"),
        ("x'", 2, "operator_expected", "'"),
        ("d/dq(x)", 4, "variable_expected", "q"),
        ("diff(x, 2)", 1, "variable_expected", "diff"),
    ],
)
def test_what_cannot_be_read_has_a_place(text: str, column: int, wanted: str, found: str) -> None:
    """The error names the column in the whole text, what is wanted there and what stands there."""
    with pytest.raises(Unreadable) as raised:
        read(text, LETTERS)
    assert (column, wanted, found) == (raised.value.column, raised.value.wanted, raised.value.found)


def test_a_declared_symbol_goes_before_a_constant() -> None:
    """`e` is Euler's number unless it is declared."""
    assert read("e", LETTERS) != read("e", Symbols(("e",)))


def test_decimal_comma_is_declared() -> None:
    """`0,5` is one half only where the course writes so; a semicolon then parts arguments."""
    russian = Symbols(("x",), decimal_comma=True)
    assert write(read("0,5*x", russian)) == "0.5x"
    assert write(read("log(x; 0,5)", russian)) == "log(x, 0.5)"
    with pytest.raises(Unreadable):
        read("0,5*x", LETTERS)


def test_a_prime_differentiates_by_the_declared_variable() -> None:
    """`(xy)'` is d/dy(xy) where the task says that y is the variable."""
    assert write(read("(xy)'", Symbols(("x", "y"), variable="y"))) == "d/dy(x*y)"
    assert write(read("(xy)'_y", Symbols(("x", "y"), variable="y"))) == "d/dy(x*y)"
