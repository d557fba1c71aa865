"""Equality of formulas: exact for rational functions, certified differences, a declared domain."""

from __future__ import annotations

import pytest

from grader.algebra.comparison.approximations import Approximations
from grader.algebra.comparison.balls import Balls
from grader.algebra.comparison.equality import Equal, Undecided, Unequal, compare
from grader.algebra.comparison.evaluating import EVALUATOR, Evaluator
from grader.algebra.names import Symbols
from grader.algebra.reader.reading import read

LETTERS = Symbols(("x", "y", "t", "n"))
FLAGSHIP = "y(xy + e^(txy))^(y-1) (x + t x e^(txy)) + (xy + e^(txy))^y ln(xy + e^(txy))"
EVALUATORS = [pytest.param(Balls(), id="balls"), pytest.param(Approximations(), id="approximations")]


def compared(expected: str, actual: str, evaluator: Evaluator = EVALUATOR, **domain: str) -> object:
    """Compare two texts."""
    trees = read(expected, LETTERS), read(actual, LETTERS)
    return compare(*trees, domain=tuple(domain.items()), seed=1, evaluator=evaluator)


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(
    "actual",
    [
        FLAGSHIP,
        "(xy + e^(txy))^y * (ln(xy + e^(txy)) + y(x + t x e^(txy))/(xy + e^(txy)))",
        "e^(y ln(xy + e^(txy))) (ln(xy + e^(txy)) + y/(xy + e^(txy)) (x + tx e^(txy)))",
        "(x*y + exp(t*x*y))**y*(y*(t*x*exp(t*x*y) + x)/(x*y + exp(t*x*y)) + log(x*y + exp(t*x*y)))",
        r"\left(xy+e^{txy}\right)^{y}\left(\ln(xy+e^{txy})+\frac{y(x+txe^{txy})}{xy+e^{txy}}\right)",
        "diff((x*y + exp(t*x*y))**y, y)",
    ],
)
def test_the_example_of_the_course_in_every_form(evaluator: Evaluator, actual: str) -> None:
    """d[(xy + e^(txy))^y]/dy is right in each of its forms."""
    how = "structure" if actual == FLAGSHIP else "points"
    assert Equal(how) == compared(FLAGSHIP, actual, evaluator)


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("abs(x - 100)", "100 - x"),
        ("sqrt((x - 50)^2)", "50 - x"),
        ("max(x, 20)", "20"),
        ("abs(x y - 100)", "100 - x y"),
        ("sign(x - 10^6)", "-1"),
        ("where(x < 300, x, 0)", "x"),
    ],
)
def test_what_parts_far_from_zero_differs(left: str, right: str, evaluator: Evaluator) -> None:
    """Formulas that are no analytic functions are compared at points of the size of their numbers, too."""
    assert isinstance(compared(left, right, evaluator), Unequal)
    assert isinstance(compared(right, left, evaluator), Unequal)


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(
    ("expected", "actual"),
    [("ln(x - 5)", "ln(5 - x)"), ("sqrt(x - 5)", "sqrt(5 - x)"), ("(x - 8)^(3/2)", "(x - 8)^(2/3)")],
)
def test_what_is_real_far_from_zero_only_has_a_witness(
    evaluator: Evaluator, expected: str, actual: str
) -> None:
    """Such formulas are compared where they are real."""
    verdict = compared(expected, actual, evaluator)
    assert isinstance(verdict, Unequal)
    assert verdict.witness is not None


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(
    "actual",
    [
        "y(xy + e^(txy))^(y-1) (x + t x e^(txy))",
        "(xy + e^(txy))^y ln(xy + e^(txy))",
        "y(xy + e^(txy))^(y-1)",
        "y(xy + e^(txy))^(y-1) (x + y e^(txy)) + (xy + e^(txy))^y ln(xy + e^(txy))",
        "y(xy + e^(txy))^(y-1) (x + t x e^(txy)) - (xy + e^(txy))^y ln(xy + e^(txy))",
        "0",
    ],
)
def test_wrong_forms_of_the_example_have_a_witness(evaluator: Evaluator, actual: str) -> None:
    """Each lost term or factor shows at a point of small numbers, with both values."""
    verdict = compared(FLAGSHIP, actual, evaluator)
    assert isinstance(verdict, Unequal)
    assert verdict.witness is not None
    assert dict(verdict.witness.point) == {"y": "2", "x": "3", "t": "1"}
    assert verdict.witness.right == "2.0018e+06"
    assert float(verdict.witness.yours) != float(verdict.witness.right)


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(
    ("expected", "actual", "verdict"),
    [
        ("(x - 1)(x + 1)", "x^2 - 1", Equal("exact")),
        ("(x + 1)^6000", "(x + 1)^5999 (1 + x)", Equal("exact")),
        ("x/x", "1", Equal("exact")),
        ("0.1 + 0.2", "0.3", Equal("exact")),
        ("sin(500 pi)", "0", Equal("points")),
        ("x^y", "e^(y ln x)", Equal("points")),
        ("ln(x^2)", "2 ln x", Equal("points", smaller_domain=True)),
        ("ln|x|", "ln x", Equal("points", smaller_domain=True)),
        ("2 ln(x - 5)", "ln((x - 5)^2)", Equal("points")),
        ("ln((x - 5)^2)", "2 ln(x - 5)", Equal("points", smaller_domain=True)),
        ("sqrt(x - 4) sqrt(x - 5)", "sqrt((x - 4)(x - 5))", Equal("points")),
        ("arcsin(x - 7)", "pi/2 - arccos(x - 7)", Equal("points")),
        ("2 ln x", "ln(x^2)", Equal("points")),
        ("1/cos^2 x", "1 + tg^2 x", Equal("points")),
        ("1/ch^2 x", "1 - th^2 x", Equal("points")),
        ("arctg x + arcctg x", "pi/2", Equal("points")),
        ("sin x / sin x", "1", Equal("points")),
        ("x^0.5", "√x", Equal("points")),
        ("ln(-1 - x^2)", "ln(-(1 + x^2))", Equal("points")),
    ],
)
def test_equal(evaluator: Evaluator, expected: str, actual: str, verdict: Equal) -> None:
    """Identities hold, on the whole domain of the expected formula or on a part of it."""
    assert verdict == compared(expected, actual, evaluator)


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(
    ("expected", "actual", "place", "yours", "right"),
    [
        ("x", "√(x²)", "x = -1", "1", "-1"),
        ("1 - tanh(5)^2", "0", "", "0", "0.00018158"),
        ("1 - tanh(10x)^2", "0", "x = 2", "0", "1.6993e-17"),
        ("x", "x + 10^-12", "x = 2", "2.000000000001", "2"),
        ("x", "1/(x - x)", "x = 2", "—", "2"),
        ("x^2", "x^3", "x = 2", "8", "4"),
        ("x", "y", "x = 2, y = 3", "3", "2"),
    ],
)
def test_unequal(
    evaluator: Evaluator, expected: str, actual: str, place: str, yours: str, right: str
) -> None:
    """Saturation, roots of squares and tiny differences are seen, and shown with as many digits as it takes."""
    verdict = compared(expected, actual, evaluator)
    assert isinstance(verdict, Unequal)
    assert verdict.witness is not None
    assert (place, yours, right) == (verdict.witness.place, verdict.witness.yours, verdict.witness.right)


def test_what_is_real_nowhere_it_should_be_is_wrong() -> None:
    """ln(−x) for ln x agrees nowhere: the witness shows a dash."""
    verdict = compared("ln x", "ln(-x)")
    assert isinstance(verdict, Unequal)
    assert verdict.witness is not None
    assert verdict.witness.yours == "—"


def test_undecided_is_said() -> None:
    """An answer that has no value anywhere is not compared with a function that is no rational one."""
    assert Undecided("undefined") == compared("sin x", "ln(x - x)")


def test_the_domain_is_declared() -> None:
    """√(x²) is x for a positive x, and cos(πn) is (−1)^n for an integer n."""
    assert isinstance(compared("x", "√(x²)"), Unequal)
    assert Equal("points") == compared("x", "√(x²)", x="positive")
    assert Equal("points") == compared("x", "|x|", x="(1/2, 3)")
    assert Equal("points") == compared("(-1)^n", "cos(pi n)", n="integer")


def test_the_same_seed_gives_the_same_verdict() -> None:
    """Comparing depends on the two formulas, the domain and the seed alone."""
    pairs = [("sin x", "cos x"), ("ln x", "ln(-x)"), (FLAGSHIP, "x y t")]
    assert [compared(*pair) for pair in pairs] == [compared(*pair) for pair in pairs]


def test_a_factor_that_vanishes_at_nice_points_is_seen() -> None:
    """An answer that agrees at all points we show is told from the right one at a random point."""
    verdict = compared("sin x", "sin x + (x-2)(x-3)(x-1)(x-1/2)(x+1)(x-5)")
    assert isinstance(verdict, Unequal)
    assert verdict.witness is not None
    assert verdict.witness.yours != verdict.witness.right


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(
    ("expected", "actual", "equal"),
    [
        ("conjugate(x + ⅈ y)", "x - ⅈ y", True),
        ("conjugate(x + ⅈ y)", "x + ⅈ y", False),
        ("|x + ⅈ y|", "sqrt(x^2 + y^2)", True),
        ("sqrt(-1 - x^2)", "ⅈ sqrt(1 + x^2)", True),
        ("sqrt(-1 - x^2)", "2 sqrt(-1 - x^2)", False),
        ("ln(-1)", "ⅈ pi", True),
        ("floor(x) + 1", "ceil(x)", True),
        ("floor(x)", "x - 1/2", False),
        ("sign(x)", "x/|x|", True),
        ("sign(0)", "0", True),
        ("sign(x - x)", "0", True),
        ("max(x, y)", "(x + y + |x - y|)/2", True),
        ("1 - th(5)^2", "0", False),
        ("sigmoid(-60)", "0", False),
        ("sin x", "sin x + 10^(-60)", False),
        ("x", "sqrt(x^2)", False),
        ("|x|", "sqrt(x^2)", True),
    ],
)
def test_complex_values_jumps_and_saturation(
    expected: str, actual: str, equal: bool, evaluator: Evaluator
) -> None:
    """Complex values are compared at real points, jumps are not hit, and what nearly vanishes is not nil."""
    assert isinstance(compared(expected, actual, evaluator), Equal if equal else Unequal)
