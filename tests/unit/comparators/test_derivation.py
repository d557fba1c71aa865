"""How the lines of a derivation are told from what stands around them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.comparators.chain import Chain
from grader.comparators.derivation import Derivation
from grader.comparators.equations import Equations
from grader.comparators.matrix_formula import MatrixFormula


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


QUESTION = "d/dx((x^2 + y)^3*sin(x)) = 6x(x^2 + y)^2*sin(x) + (x^2 + y)^3*cos(x)"
LETTERS = Derivation(("x", "y"))


@pytest.mark.parametrize(
    "steps",
    [
        ["f' = ((x^2 + y)^3)' sin x + (x^2 + y)^3 (sin x)'", "= 6x(x^2 + y)^2 sin x + (x^2 + y)^3 cos x"],
        [
            "(x^2 + y)^3 sin x",
            "f' = 3(x^2 + y)^2*2x sin x + (x^2 + y)^3 cos x",
            "= (x^2 + y)^2 (6x sin x + (x^2 + y) cos x)",
        ],
        [
            *("f = (x^2 + y)^3 sin x", "u = x^2 + y", "u' = 2x + 0", "= 2x", "f' = (u^3)' sin x + u^3 cos x"),
            *("= 3u^2 u' sin x + u^3 cos x", "= 6x u^2 sin x + u^3 cos x"),
        ],
        ["ln f = 3ln(x^2 + y) + ln sin x", "f'/f = 6x/(x^2 + y) + ctg x", "f' = f (6x/(x^2 + y) + ctg x)"],
        [
            "пусть u = x^2 + y",
            "d/dx(u^3) = 3u^2*2x",
            "y' = 6x u^2 sin x + u^3 cos x",
            "= u^2 (6x sin x + u cos x)",
        ],
        "d/dx(f) = 6x(x^2 + y)^2 sin x + (x^2 + y)^3 cos x = (x^2 + y)^2 (6x sin x + (x^2 + y) cos x)",
    ],
)
def test_derivations_as_people_write_them(steps: str | list[str]) -> None:
    """Product rule with primes, names for subexpressions, logarithms, calculations on the side: all follow."""
    assert LETTERS(QUESTION, steps) is None


@pytest.mark.parametrize(
    ("steps", "place", "rule"),
    [
        (["f' = f'", "= 3(x^2 + y)^2*2x sin x - (x^2 + y)^3 cos x", "= 0"], "2", "product_sign"),
        (["3(x^2 + y)^2 sin x + (x^2 + y)^3 cos x", "= 0"], "1", "inner_derivative_lost"),
        (["u = x^2 + y", "u' = 3x", "f' = 6x u^2 sin x + u^3 cos x"], "2", None),
        (
            ["f' = ((x^2 + y)^3)' sin x + (x^2 + y)^3 (sin x)'", "= 6x(x^2 + y)^2 sin x - (x^2 + y)^3 cos x"],
            "2",
            "sin_sign",
        ),
        (["f' = 6x(x^2 + y)^2 sin x + (x^2 + y)^3 cos x", "= (x^2 + y)^2 (6x sin x + cos x)"], "2", None),
        (["f = (x^2 + y)^3 cos x", "f' = 6x(x^2 + y)^2 sin x + (x^2 + y)^3 cos x"], "1", None),
    ],
)
def test_the_first_wrong_line_is_named(steps: list[str], place: str, rule: str | None) -> None:
    """With the point that shows it, and with the wrong rule that explains it, where one does."""
    difference = LETTERS(QUESTION, steps)
    assert difference is not None
    assert (difference.kind, difference.place) == ("line", place)
    assert difference.detail["witness"]
    assert difference.detail.get("rule") == rule


def test_a_wrong_turn_is_followed() -> None:
    """Right lines before a wrong rule, and its result after it, are what that wrong rule gives."""
    wrong = "d/dx((x^2 + y)^3*sin(x)) = 6x(x^2 + y)^2*sin(x) - (x^2 + y)^3*cos(x)"
    steps = ["f' = ((x^2 + y)^3)' sin x + (x^2 + y)^3 (sin x)'", "= 6x(x^2 + y)^2 sin x - (x^2 + y)^3 cos x"]
    assert LETTERS(wrong, steps) is None
    assert LETTERS(wrong, [*steps, "= 6x(x^2 + y)^2 sin x + (x^2 + y)^3 cos x"]) is not None
    assert LETTERS(wrong, [steps[0], "= 6x(x^2 + y)^2 sin x + (x^2 + y)^3 cos x"]) is not None


@pytest.mark.parametrize(
    "steps",
    [
        ["f' = 6x(x^2 + y)^2 sin x + (x^2 + y)^3 cos x"],
        ["f' = 6x(x^2 + y)^2 sin x + (x^2 + y)^3 cos x", "= 6x(x^2 + y)^2*sin(x) + (x² + y)^3 cos x"],
    ],
)
def test_a_jump_to_the_answer_is_seen(steps: list[str]) -> None:
    """One line is no derivation, nor is the same line once more."""
    difference = LETTERS(QUESTION, steps)
    assert difference is not None
    assert (difference.kind, difference.actual, difference.expected) == ("count", "1", "2")


def test_a_side_calculation_is_no_answer() -> None:
    """The last line must be the derivative itself, and carried out."""
    side = LETTERS(QUESTION, ["f' = (f)'", "ln f = 3ln(x^2 + y) + ln sin x"])
    assert side is not None
    assert side.detail == {"reason": "unfinished"}
    left = LETTERS(QUESTION, ["f' = 6x(x^2 + y)^2 sin x + (x^2 + y)^3 cos x", "= ((x^2 + y)^3 sin x)'"])
    assert left is not None
    assert left.detail["wanted"] == "evaluated_derivative"


def test_a_chain_of_matrix_formulas() -> None:
    """Any comparator of texts has its derivations; the first line that is wrong is named."""
    shapes = {"X": ("N", "n"), "W": ("n", "m"), "dZ": ("N", "m")}
    chain = Chain(MatrixFormula(shapes), names=("dW",))
    assert chain("X.T @ dZ", ["dW = (dZ^T X)^T", "= X^T dZ"]) is None
    difference = chain("X.T @ dZ", ["dW = (dZ^T X)^T", "= X dZ^T"])
    assert difference is not None
    assert (difference.kind, difference.place.partition(":")[0]) == ("line", "2")
    jump = chain("X.T @ dZ", "dW = X^T dZ")
    assert jump is not None
    assert jump.kind == "count"


@pytest.mark.parametrize(
    "left",
    [
        "∂s_3/∂w",
        "∂s₃/∂w",
        "∂s3 / ∂w",
        r"\frac{\partial s_3}{\partial w}",
        r"$\dfrac{∂s_{3}}{∂w}$",
        r"\partial s_3/\partial w",
    ],
)
def test_the_left_side_of_a_chain_may_be_set(left: str) -> None:
    """A name that is allowed is allowed as it is typed, with an index of any kind, and in LaTeX."""
    chain = Chain(MatrixFormula({"X": ("N", "n"), "dZ": ("N", "m")}), names=("∂s_3/∂w",))
    assert chain("X.T @ dZ", [f"{left} = (dZ^T X)^T", "= X^T dZ"]) is None
    assert (
        chain("X.T @ dZ", [f"{left.replace('3', '2').replace('₃', '₂')} = (dZ^T X)^T", "= X^T dZ"])
        is not None
    )


@pytest.mark.parametrize(
    ("lines", "broken"),
    [
        (["(dZ^T X)^T", "X^T dZ"], False),
        (["(dZ^T X)^T", "dZ^T X", "(X^T dZ)^T"], True),
        (["(dZ^T X)^T", "dZ^T X", "X^T dZ"], False),
        (["dZ^T X", "(X^T dZ)^T"], False),
        (["(dZ^T X)^T", "dZ^T X +"], False),
        (["(dZ^T X)^T", "dZ X", "dZ X"], False),
    ],
)
def test_a_chain_that_breaks_in_one_line(lines: list[str], broken: bool) -> None:
    """A right line before it, and all others agree with the wrong one: nothing else is a broken line."""
    chain = Chain(MatrixFormula({"X": ("N", "n"), "dZ": ("N", "n")}))
    right, near = (replace(chain, broken=most)("X.T @ dZ", lines) is None for most in (0, 1))
    assert (near and not right) == broken


@pytest.mark.parametrize(
    ("lines", "kind", "reason"),
    [
        (["2(x - y) + 4y = 6", "2x + 2y = 6", "x + y = 3", "x = 3 - y"], "", ""),
        (["2(x - y) + 4y = 6", "2x + 3y = 6"], "line", "equation_different"),
        (["x(x + y) = 3x", "x = 3 - y"], "line", "equation_follows"),
        (["2x + 2y = 6"], "line", "unsolved"),
    ],
)
def test_equations_line_by_line(lines: list[str], kind: str, reason: str) -> None:
    """Each line must keep the solutions; which one is lost or gained is told."""
    found = Equations(("x", "y"), "x")("x + y = 3", lines)
    assert ("" if found is None else found.kind) == kind
    assert ("" if found is None else found.detail["reason"]) == reason


@pytest.mark.parametrize(
    ("lines", "place", "column"), [(["x + y = 3 +"], "1", "12"), (["x = 3 - y", "⇔ x = 3 = y"], "2", "9")]
)
def test_an_equation_that_cannot_be_read_has_a_place(lines: list[str], place: str, column: str) -> None:
    """The column counts from the beginning of the line, on either side of the sign."""
    found = Equations(("x", "y"), "x")("x + y = 3", lines)
    assert found is not None
    assert (found.kind, found.place, found.detail["column"]) == ("unreadable", place, column)


@pytest.mark.parametrize("text", ["floor(x) = 3 - y", "x! = y", "binomial(x, 2) + y = 3"])
def test_an_equation_may_hold_any_function(text: str) -> None:
    """Its solutions are compared where a function has no derivative."""
    found = Equations(("x", "y"), "x")("x + y = 3", [text, "x = 3 - y"])
    assert found is not None
    assert found.kind in ("line", "undecided")


def test_equations_know_decimal_commas() -> None:
    """As formulas do."""
    assert Equations(("x", "y"), "x")("x + y = 3", ["0,5x + 0,5y = 1,5", "x = 3 - y"]) is None


NEURON = (
    "d/dw1((p - y)^2/2) = (p - y)*p*(1 - p)*x1; z = w1*x1 + w2*x2; p = sigmoid(z); ∂L/∂p = p - y; "
    "∂p/∂z = p*(1 - p); ∂z/∂w1 = x1; L = (p - y)^2/2"
)
OF_NEURON = Derivation(("w1", "w2", "x1", "x2", "y", "z", "p", "L", "∂L/∂p", "∂p/∂z", "∂z/∂w1"))


@pytest.mark.parametrize(
    "steps",
    [
        ["dL/dw1 = dL/dp * dp/dz * dz/dw1", "= (p - y) p (1 - p) x1"],
        [
            "L = (p-y)^2/2",
            "dL/dp = p - y",
            "dp/dz = p(1-p)",
            "dL/dw_1 = (p - y) dp/dz x_1",
            "= (p - y) p(1-p) x_1",
        ],
        [
            r"\frac{\partial L}{\partial w_1} = (p - y) \sigma(z)(1 - \sigma(z)) x_1",
            "= (σ(z) - y) p (1 - p) x1",
        ],
        ["L' = (p - y) p'", "= (p - y) p (1 - p) z'", "= (p - y) p (1 - p) x1"],
    ],
)
def test_symbols_may_have_meanings(steps: list[str]) -> None:
    """A chain rule in its factors, and what each of them is, may be written in any mixture."""
    assert OF_NEURON(NEURON, steps) is None


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        (["dL/dw1 = dL/dp * dp/dz", "= (p - y) p (1 - p)"], "1"),
        (["dL/dp = y - p", "dL/dw1 = (p - y) p (1 - p) x1"], "1"),
        (["dL/dw1 = dL/dp * dp/dz * dz/dw1", "= (p - y) p (1 - p) w1"], "2"),
    ],
)
def test_meanings_are_held_to(steps: list[str], place: str) -> None:
    """A factor that is forgotten or wrong is a line that does not follow."""
    difference = OF_NEURON(NEURON, steps)
    assert difference is not None
    assert (difference.kind, difference.place) == ("line", place)


def test_a_point_is_shown_in_the_symbols_that_were_typed() -> None:
    """Nobody wants to see eight weights and inputs where p and x1 will do."""
    difference = OF_NEURON(NEURON, ["dL/dw1 = dL/dp * dp/dz * dz/dw1", "= (p - y) p x1"])
    assert difference is not None
    assert difference.detail["witness"] == "p = 2, y = 3, x1 = 1"
