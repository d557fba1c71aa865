"""Formulas, matrix formulas and derivations as comparators see them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from grader.comparators.derivation import Derivation
from grader.comparators.formula import Formula
from grader.comparators.matrix_formula import MatrixFormula
from grader.guest.plain import Symbolic
from grader.model.comparing import Comparator, Measured
from grader.model.verdict import Difference

FORMULA = Formula(("x", "y", "t"))
MATRIX = MatrixFormula({"X": ("N", "n"), "dZ": ("N", "m")}, {"dL/dZ": "dZ"})
DERIVATION = Derivation(("x", "y", "t"), variable="y")
RIGHT = "(xy + e^(txy))^y (ln(xy + e^(txy)) + y (x + t x e^(txy))/(xy + e^(txy)))"
STRANGE: tuple[Any, ...] = (
    *(None, True, float("nan"), float("inf"), 1j, b"x", object(), {}, {"x": 1}, set(), [], (), [[]]),
    *(
        [1],
        ["x", 2],
        [None],
        np.array([1.0, 2.0]),
        np.array(["x"]),
        np.array(None, dtype=object),
        "",
        " ",
        "=",
        "\n",
    ),
    *(
        "x\ud800",
        "\\",
        "\\\\",
        "$$",
        "()",
        "((((",
        "x" * 100_000,
        10**5000,
        Fraction(1, 3),
        -0.0,
        1e308,
        5e-324,
    ),
    *(["x"] * 3, ["x"] * 1000, [""], ["="], ["x" * 5000], lambda: "x", type, NotImplemented),
)


@pytest.mark.parametrize(
    ("expected", "compare"),
    [("x*y", FORMULA), ("X.T @ dZ", MATRIX), (RIGHT, DERIVATION)],
    ids=["f", "m", "d"],
)
@pytest.mark.parametrize("actual", STRANGE, ids=range(len(STRANGE)))
def test_no_value_makes_a_comparator_raise(expected: str, compare: Comparator, actual: Any) -> None:
    """Whatever a variable holds, there is a difference, not an exception."""
    assert isinstance(compare(expected, actual), Difference)


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        (RIGHT, RIGHT),
        ("x**2", Symbolic("x*x")),
        ("4", 4),
        (4, "2+2"),
        ("1/2", 0.5),
        ("0.1", np.float64(0.1)),
        ("7", np.int64(7)),
        (Measured("x + y", 0.0), "y + x"),
        (Fraction(1, 3), "1/3"),
    ],
)
def test_equal_formulas_agree(expected: Any, actual: Any) -> None:
    """Texts, sympy objects and numbers are formulas."""
    assert FORMULA(expected, actual) is None


def test_a_wrong_formula_is_shown_at_a_point() -> None:
    """The difference says how the answer was read, where it fails, and both values."""
    detail = {"witness": "x = 2", "yours": "4", "right": "8", "read": "x^2"}
    assert Difference("formula", "", "", "y' = x²", detail) == FORMULA("x^3", "y' = x²")


def test_a_constant_has_no_point() -> None:
    """Without symbols there are only the two values."""
    detail = {"witness": "", "yours": "3", "right": "4", "read": "3"}
    assert Difference("formula", "", "", "3", detail) == FORMULA("4", 3)


@pytest.mark.parametrize("text", ["sin'(x^2)*2x", "2x sin'(x^2)", "2x*cos(x^2) + 0*ln'(x)"])
def test_the_derivative_of_a_known_function_is_to_be_carried_out(text: str) -> None:
    """`sin'(u)` is a line of a derivation, and no answer."""
    found = FORMULA("2x cos(x^2)", text)
    assert found is not None
    assert found.detail["wanted"] == "evaluated_derivative"
    assert Derivation(("x",))("d/dx(sin(x^2)) = 2x cos(x^2)", [text, "= 2x cos(x^2)"]) is None


def test_an_unreadable_formula_has_its_place() -> None:
    """Column and code are given, what was found, and what is declared."""
    detail = {"wanted": "unknown_name", "found": "q", "column": "5", "known": "x, y, t"}
    assert Difference("unreadable", "5", "", "x + q", detail) == FORMULA("x", "x + q")


def test_the_question_is_no_answer() -> None:
    """A derivative must be carried out, unless the author allows it."""
    found = FORMULA("2x", "d/dx(x^2)")
    assert found is not None
    assert (found.kind, found.detail["wanted"]) == ("unreadable", "evaluated_derivative")
    assert Formula(("x",), forbid_derivative=False)("2x", "d/dx(x^2)") is None


def test_undecided_is_a_kind_of_its_own() -> None:
    """An answer that is defined nowhere is for a person to judge."""
    found = FORMULA("sin x", "ln(x - x)")
    assert found is not None
    assert (found.kind, found.detail["reason"]) == ("undecided", "undefined")


@pytest.mark.parametrize("compare", [FORMULA, MATRIX, DERIVATION])
def test_an_author_must_be_readable(compare: Comparator) -> None:
    """An expected formula that cannot be read is an error of the task."""
    for expected in ("x +", None, ["x"]):
        with pytest.raises(ValueError, match=r"expected|cannot be read"):
            compare(expected, "x")


def test_matrix_shapes_are_told() -> None:
    """Both parts that do not fit are quoted with their shapes, at their column."""
    detail = {
        "reason": "shape.product",
        "left": "X",
        "left_shape": "N × n",
        "right": "dL/dZ",
        "right_shape": "N × m",
    }
    assert Difference("formula", "3", "", "X dL/dZ", {**detail, "column": "3"}) == MATRIX(
        "X.T @ dZ", "X dL/dZ"
    )


@pytest.mark.parametrize(
    ("actual", "detail"),
    [
        ("dZ^T X", {"reason": "transposed", "yours": "m × n", "expected_shape": "n × m"}),
        ("X^T dZ / N", {"reason": "factor", "factor": "1/N"}),
        ("X^T X X^T dZ", {"reason": "entry", "entry": "[0, 0]", "yours": "-5", "right": "-1"}),
        ("X", {"reason": "shape", "yours": "N × n", "expected_shape": "n × m"}),
    ],
)
def test_matrix_reasons(actual: str, detail: dict[str, str]) -> None:
    """The kind of difference is in the details."""
    found = MATRIX("X.T @ dZ", actual)
    assert found is not None
    assert detail == {name: found.detail[name] for name in detail}


def test_small_matrices_show_the_difference() -> None:
    """Whoever doubts the verdict can work both products out by hand."""
    found = MATRIX("X.T @ dZ", "X^T X X^T dZ")
    assert found is not None
    assert found.detail["witness"] == "X = [[1, -2]], dZ = [[-1, 2, -1]]"


def test_indices_may_be_named_in_another_order() -> None:
    """Where a task allows it, i and j may change places, but throughout; bound letters never matter."""
    families = {"w_{ij}": (1, 1), "h_i": (1, 1)}
    numbers = {"i": (1, 2, 3), "j": (2, 3, 1)}
    strict = MatrixFormula(families=families, indices=numbers)
    loose = MatrixFormula(families=families, indices=numbers, permutable=("i", "j"))
    assert loose("w_{ij} * h_i", "w_{ji} h_j") is None
    assert loose("w_{ij} * h_i", "w_{ij} h_i") is None
    assert loose("w_{ij} * h_i", "w_{ij} h_j") is not None
    assert strict("w_{ij} * h_i", "w_{ji} h_j") is not None
    assert strict("sum(n=1..3, w_{in} * h_n)", "Σ_{m=1}^3 w_{im} h_m") is None


def test_a_matrix_question_is_no_answer() -> None:
    """What is asked for is known to the engine, so that recursions are right; alone it is refused."""
    chain = "sum(i=1..k, prod(j=i+1..k, ∂s_j/∂s_{j-1}) @ ∂s_i/∂W_*)"
    asked = "∂s_k/∂W"
    compare = MatrixFormula(
        families={"∂s_i/∂s_{i-1}": ("d", "d"), "∂s_i/∂W_*": ("d", "p"), asked: ("d", "p")},
        definitions={asked: chain},
        indices={"k": range(1, 6)},
        asked=(asked,),
    )
    assert compare(chain, "∂s_k/∂s_{k-1} ∂s_{k-1}/∂W + ∂s_k/∂W_*") is None
    found = compare(chain, "0 + ∂s_k/∂W")
    assert found is not None
    assert (found.kind, found.detail["wanted"], found.place) == ("unreadable", "evaluated_derivative", "5")


@pytest.mark.parametrize(
    "actual",
    [
        [
            "d/dy((xy+e^(txy))^y)",
            "= d/dy(e^(y ln(xy+e^(txy))))",
            "= e^(y ln(xy+e^(txy))) (y ln(xy+e^(txy)))'",
            f"= {RIGHT}",
        ],
        ["y' = e^(y ln(xy+e^(txy))) (y ln(xy+e^(txy)))'_y", RIGHT],
        f"∂f/∂y = e^(y ln(xy+e^(txy))) * d/dy(y ln(xy+e^(txy))) = {RIGHT}",
        f"f' = (xy+e^(txy))^y d/dy(y ln(xy+e^(txy)))\n\n = {RIGHT}",
        r"\frac{df}{dy} &= (xy+e^{txy})^y \frac{d}{dy}(y\ln(xy+e^{txy})) \\ &= " + RIGHT,
    ],
)
def test_right_derivations(actual: Any) -> None:
    """Lists of lines, texts of lines and chains are derivations; the question may stand first."""
    assert DERIVATION(RIGHT, actual) is None


@pytest.mark.parametrize(
    ("actual", "place", "follows", "witness", "yours"),
    [
        (["d/dy(y^2)", "= 2y", "= 3y"], "3", "no", "y = 2", "6"),
        (["2y", "3y", "3y + 0"], "2", "no", "y = 2", "6"),
        (["y + y", "2y + 1", "y + y + 1"], "2", "no", "y = 2", "5"),
        ("y' = y + y = 2y + 2 = 2(y+1)", "2", "no", "y = 2", "6"),
        (["3y", "2y"], "1", "no", "y = 2", "6"),
    ],
)
def test_the_first_wrong_line_is_named(
    actual: Any, place: str, follows: str, witness: str, yours: str
) -> None:
    """Its number, whether it follows from the one before, and a point that shows it."""
    found = DERIVATION("2y", actual)
    assert found is not None
    assert ("line", place) == (found.kind, found.place)
    assert {"witness": witness, "yours": yours, "right": "4", "follows": follows} == found.detail


@pytest.mark.parametrize(
    ("actual", "own"), [("2y", "1"), (["d/dy(y^2)", "2y"], "1"), (["2y", "2y", "= 2y"], "1"), ("", "0")]
)
def test_a_bare_result_is_no_derivation(actual: Any, own: str) -> None:
    """Fewer than two different lines of one's own are too few; the question does not count."""
    assert Difference("count", "", "2", own, {"reason": "steps"}) == DERIVATION("2y", actual)


def test_a_derivation_ends_with_a_result() -> None:
    """The last line has no derivative that is still to be carried out."""
    found = DERIVATION("2y", ["y + d/dy(y^2/2)", "2y + 0", "d/dy(y^2)"])
    assert found is not None
    assert (found.kind, found.place, found.detail["wanted"]) == ("unreadable", "3", "evaluated_derivative")


def test_an_unreadable_line_is_named() -> None:
    """The place is the line, the column is in the details."""
    found = DERIVATION("2y", ["y + y", "2y +"])
    assert found is not None
    assert (found.kind, found.place, found.detail["column"]) == ("unreadable", "2", "5")


@pytest.mark.parametrize(
    "text",
    [
        *("0,5x", "0,5*x + 1,25 y - 1,25y", "x/2,0", "Ответ: 0,5x", "Answer: x/2"),
        *("ln(e^0,5) x", "(0,5)x", "x*ln(0,5)/ln(0,25)", "max(0,5x; 0,5x)", "-log_{0,5}(2) x/2,0"),
    ],
)
def test_a_comma_that_can_mean_nothing_else_is_a_decimal_comma(text: str) -> None:
    """A Russian student types `0,5x`, whatever the task says; among the arguments of a function a comma parts."""
    assert FORMULA("x/2", text) is None
    difference = FORMULA("x/2", "log(0,5)x + 0,5")
    assert difference is not None
    assert difference.kind == "unreadable"


@pytest.mark.parametrize(
    "actual", ["Sum(x**k, (k, 0, 2))", r"\int_0^x y dt", r"\lim_{t\to 0} x", "max(x, y)", "x!"]
)
def test_what_is_read_in_any_notation_is_shown_as_it_was_read(actual: str) -> None:
    """Sums, integrals, limits and functions of several arguments are answers like any other."""
    difference = FORMULA("x + y", actual)
    assert difference is not None
    assert difference.kind in ("formula", "undecided")
    assert FORMULA(difference.detail["read"], actual) is None


def test_a_task_may_have_unknown_functions_complex_numbers_and_real_roots() -> None:
    """Each is declared by the task."""
    assert Formula(("x",), functions=("f",), forbid_derivative=False)("2x f'(x^2)", "d/dx f(x^2)") is None
    assert Formula(("x",), imaginary=True)("x^2 + 1", "(x + i)(x - i)") is None
    assert Formula(("x",), real_roots=True)("-2", "(-8)^(1/3)") is None
    assert Formula(("x",), real_roots=True)("x^(2/3)", r"\sqrt[3]{x}\cdot\sqrt[3]{x}") is None
    assert FORMULA("-2", "(-8)^(1/3)") is not None
