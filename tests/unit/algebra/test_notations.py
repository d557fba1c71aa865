"""Notations of other places: LaTeX as it is typed, sympy as it is printed, letters that nobody declared."""

from __future__ import annotations

import pytest

from grader.algebra.comparison.approximations import Approximations
from grader.algebra.comparison.balls import Balls
from grader.algebra.comparison.equality import Equal, Undecided, Unequal, compare
from grader.algebra.comparison.evaluating import Evaluator
from grader.algebra.names import Symbols
from grader.algebra.reader.reading import Unreadable, read

OPEN = Symbols((), functions=("f", "g"), open=True, mixed=True)
EVALUATORS = [pytest.param(Balls(), id="balls"), pytest.param(Approximations(), id="approximations")]
LETTERS = Symbols(("x", "y", "n", "m", "a"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (r"\dfrac{a}{b} + \tfrac12", "a/b + 1/2"),
        (r"\frac1234", "17"),
        (r"2\frac{1}{3}", "7/3"),
        (r"2\frac{x}{3}", "2x/3"),
        (r"1.5\%", "0.015"),
        (r"\sin 30^\circ", "sin(pi/6)"),
        (r"x^{2}_{1} + \lambda _i", "x_1^2 + \\lambda_i"),
        (r"\hat{y}_i - \bar y", "y_{hat}_i - y_{bar}"),
        (r"\hat y\cdot\vec{x}", "y_{hat} x"),
        (r"\overline{x}_2", "bar{x}_2"),
        (r"\left\lfloor x \right\rfloor + \lceil y\rceil", "floor(x) + ceiling(y)"),
        (r"\mleft\vert x\mright\vert", "|x|"),
        (r"||x||y||", "Abs(Abs(x)*Abs(y))"),
        (r"|x|y + |y|", "Abs(x)*y + Abs(y)"),
        (r"x! + (x+1)!", "factorial(x) + factorial(x + 1)"),
        ("5!7!", "604800"),
        (r"\binom{n}{2}", "n(n-1)/2"),
        (r"{n \choose k}", "binomial(n, k)"),
        (r"-7 \bmod 5", "3"),
        (r"\min(x, y, 3)", "Min(x, Min(3, y))"),
        (r"\gcd(12, 18) + \operatorname{lcm}(2x, 3y)", "6 + 6xy"),
        (r"\sum_{k=1}^{n} k", "n(n+1)/2"),
        (r"\sum^n_{k=1} k^2", "Sum(j**2, (j, 1, n))"),
        (r"\prod_{k=1}^{4} k x", "24 x^4"),
        (r"\int x\,dx", "x^2/2"),
        (r"\int \frac{3 dz}{z}", "Integral(3/z, z)"),
        (r"\int_0^7 xdx", "Integral(t, (t, 0, 7))"),
        (r"\lim_{t \to 0} \frac{t}{x}", "Limit(u/x, u, 0)"),
        (r"\frac{d f(x)}{dx}", "Derivative(f(x), x)"),
        (r"\frac{d}{dx} x f(2x)", "f(2x) + 2x f'(2x)"),
        (r"\frac{d}{dx} (\tan x)", "1/cos(x)**2"),
        (r"\imaginaryunit^2", "-1"),
        (r"e^{\imaginaryunit\pi}", "-1"),
        (r"|3 + 4\imaginaryunit|", "5"),
        (r"\begin{pmatrix}a & b\\ x & y\end{pmatrix}^T", "Matrix([[a, x], [b, y]])"),
        (r"\begin{vmatrix}a & b\\ x & y\end{vmatrix}", "a y - b x"),
        (r"\begin{bmatrix}1 & 2\\ 3 & 4\\\end{bmatrix}^{-1}", "Matrix([[-2, 1], [1.5, -0.5]])"),
        (r"-\infty", "-oo"),
        ("Sin(x) + COS(x)", "sin(x) + cos(x)"),
        ("relu(x)", "max(0, x)"),
        ("np.log1p(x) + np.expm1(x) + np.square(x)", "ln(1+x) + e^x - 1 + x^2"),
        ("½x + x³", "x/2 + x^3"),
        ("sech(x)^2", "1 - tanh(x)^2"),
        ("arcsh x + arcth(x/9)", "asinh(x) + atanh(x/9)"),
        ("sum_{k=1}^n k", "n(n+1)/2"),
        ("Σ_{k=1}^{n} k x", "x n(n+1)/2"),
        ("sum^n_(k=1) k^2", "Sum(k**2, (k, 1, n))"),
        ("prod_{k=1}^3 (x - k) + Π_{k=1}^{2} k", "(x-1)(x-2)(x-3) + 2"),
        ("summation(k, (k, 1, n))", "n(n+1)/2"),
        (r"{x + 1 \over 2y}", "(x + 1)/(2y)"),
        (r"\begin{align*} z &= x + y \end{align*}", "x + y"),
        (r"\begin{equation}x\cdot{}y\end{equation}", "xy"),
        ("`x + y`", "x + y"),
        (r"\begin{cases} x, & x > 0 \\ 0, & x \le 0 \end{cases}", "max(0, x)"),
        (r"f(x) = \begin{cases} x & \text{if } x \geq 0 \\ -x & \text{otherwise} \end{cases}", "|x|"),
        (r"\begin{cases} x, & \text{если } x > 0, \\ 0, & x = 0, \\ -x & \text{иначе} \end{cases}", "|x|"),
        ("Piecewise((0, x < 0), (x, x < 1), (1, True))", "max(0, min(x, 1))"),
        ("np.where(x > 0, x, 0)", "max(0, x)"),
        ("d/dx(where(0 < x < 5, x^2, 0))", "where(min(x, 5 - x) > 0, 2x, 0)"),
        ("Piecewise((ln(x), x > 0))", "ln x"),
        (
            "d/dx(max(0, x^2 - 1) + min(x, y, 2x))",
            "where(x^2 > 1, 2x, 0) + where(x < min(y, 2x), 1, where(2x < y, 2, 0))",
        ),
        ("x + y \\\\", "x + y"),
        (r"\mathrm e^x", "e^x"),
        ("tf.nn.softplus(x) + scipy.special.expit(x)", "ln(1 + e^x) + σ(x)"),
        ("Heaviside(x) + sqr(y)", "(1 + sign(x))/2 + y^2"),
        ("sin'(x^2) + σ'(2y)", "cos(x^2) + σ(2y)(1 - σ(2y))"),
        ("tg''(x)", "2 sin(x)/cos(x)^3"),
        ("d/dx(sin'(x^2))", "-2x sin(x^2)"),
        (r"\\frac{x}{2} \\cdot \\sin y", "x sin(y)/2"),
    ],
)
@pytest.mark.parametrize("evaluator", EVALUATORS)
def test_other_notations_are_read_as_meant(text: str, meant: str, evaluator: Evaluator) -> None:
    """What is read has the value of what it stands for."""
    assert isinstance(compare(read(meant, OPEN), read(text, OPEN), evaluator=evaluator), Equal)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\sum_{k=1}^{n} k", "n(n+2)/2"),
        ("f(x)", "g(x)"),
        ("f(x + y)", "f(x) + f(y)"),
        (r"\frac{d}{dx} f(2x)", "f'(2x)"),
        (r"\int x\,dx", "x^2"),
        (r"\begin{pmatrix}a & b\end{pmatrix}", r"\begin{pmatrix}a\\ b\end{pmatrix}"),
        (r"\begin{pmatrix}a & b\end{pmatrix}", r"\begin{pmatrix}b & a\end{pmatrix}"),
        (r"\infty", r"-\infty"),
        ("x!", "x"),
        (r"\lfloor x \rfloor", "x"),
    ],
)
@pytest.mark.parametrize("evaluator", EVALUATORS)
def test_other_notations_differ_where_they_do(left: str, right: str, evaluator: Evaluator) -> None:
    """Sums, unknown functions, matrices and antiderivatives are told apart."""
    assert isinstance(compare(read(left, OPEN), read(right, OPEN), evaluator=evaluator), Unequal)


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(
    ("expected", "actual", "point", "yours"),
    [
        ("max(0, x)", r"\begin{cases} x & x > 0 \end{cases}", "x = -1", "—"),
        ("max(0, x)", "(x > 0) (x + 1)", "x = 2", "3"),
        ("max(0, x)", "x [x < 0]", "x = 2", "0"),
    ],
)
def test_a_missing_or_wrong_case_has_a_witness(
    expected: str, actual: str, point: str, yours: str, evaluator: Evaluator
) -> None:
    """A condition in brackets is 1 or 0; where no case applies there is no value."""
    verdict = compare(read(expected, LETTERS), read(actual, LETTERS), evaluator=evaluator)
    assert isinstance(verdict, Unequal)
    assert verdict.witness is not None
    assert (point, yours) == (verdict.witness.place, verdict.witness.yours)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\sum_{k=1}^{\infty} \frac{1}{k^2}", "pi^2/6"),
        (r"\int_0^1 x\,dx", "1/2"),
        (r"\lim_{x\to 0} \frac{\sin x}{x}", "1"),
    ],
)
def test_what_has_no_value_at_a_point_is_left_to_a_person(left: str, right: str) -> None:
    """An endless sum, a definite integral and a limit equal only what is written alike."""
    assert Undecided("undefined") == compare(read(left, OPEN), read(right, OPEN))


@pytest.mark.parametrize(
    ("text", "column", "wanted", "found"),
    [
        (r"\sum x", 1, "bound_expected", "∑"),
        (r"\sum_{k=1}^{n} k + k", 20, "unknown_name", "k"),
        (r"k + \sum_{k=1}^{n} k", 1, "unknown_name", "k"),
        (r"\sum_{k=1}^{3} q", 16, "unknown_name", "q"),
        (r"\int_0 x dx", 1, "bound_expected", "∫"),
        (r"\int x", 7, "variable_expected", ""),
        ("diff(|x| + floor(x), x)", 1, "smooth_expected", "floor"),
        (r"\begin{pmatrix}x & y\\ x\end{pmatrix}", 1, "equal_rows", ""),
        (r"\gcd(x + y, 2 + x)", 1, "integer_expected", "gcd"),
        ("x >= 5", 3, "operator_expected", ">="),
        (r"\langle x", 1, "unknown_name", r"\langle"),
        ("Interval(0, x)", 1, "expression_expected", "Interval"),
        ("where(x, 1, 2)", 8, "relation_expected", ","),
        ("where(x > , 1, 2)", 11, "expression_expected", ","),
        ("Piecewise(x, x > 0)", 11, "opening_bracket", "x"),
        (r"\begin{cases} x & x > 0", 24, "closing_bracket", ""),
    ],
)
def test_what_is_missing_or_not_meant_has_a_place(text: str, column: int, wanted: str, found: str) -> None:
    """A closed table knows only what is declared, and what a sum binds within it."""
    with pytest.raises(Unreadable) as raised:
        read(text, LETTERS)
    assert (column, wanted, found) == (raised.value.column, raised.value.wanted, raised.value.found)


@pytest.mark.parametrize(
    ("text", "meant"), [("lambda x", "λ*x"), ("2beta1 + beta_1 x", "(x + 2) β_1"), ("eta", "e*t*a")]
)
def test_greek_letters_have_names(text: str, meant: str) -> None:
    """A declared λ may be written out, unless the word is a product of declared symbols."""
    symbols = Symbols(("λ", "β_1", "η", "x", "t", "a"))
    assert isinstance(compare(read(meant, symbols), read(text, symbols)), Equal)


@pytest.mark.parametrize("text", ["meters", r"5 \text{meters}", "the answer is x", "(x)percent"])
def test_words_are_no_products_of_letters(text: str) -> None:
    """Where any letter is a symbol, a long word is still refused."""
    with pytest.raises(Unreadable):
        read(text, OPEN)


def test_a_function_needs_its_bracket() -> None:
    """`max` is m·a·x where these are declared, and a function before a bracket."""
    table = Symbols(("m", "a", "x"))
    assert read("max", table) == read("m*a*x", table)
    assert read("max(a, x)", table) != read("m*a*x", table)
