"""Derivatives are right by the authority of sympy, and each wrong rule is wrong where it occurs."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import mpmath
import pytest
import sympy

from grader.algebra.comparison.approximations import Approximations
from grader.algebra.comparison.equality import Equal, Unequal, compare
from grader.algebra.comparison.programs import compiled
from grader.algebra.differentiation import differentiating
from grader.algebra.differentiation.differentiating import derivative
from grader.algebra.differentiation.wrong_rules import WRONG_RULES
from grader.algebra.names import Symbols
from grader.algebra.nodes import Node, number
from grader.algebra.reader.reading import read
from grader.algebra.writing import write

LETTERS = Symbols(("x", "y", "t", "a"))
RULES = {
    "inner_derivative_lost": ("sin(x^2)", "cos(x^2)"),
    "product_of_derivatives": ("x^2 sin x", "2x cos x"),
    "second_product_term_lost": ("x^2 sin x", "2x sin x"),
    "product_sign": ("x sin x", "sin x - x cos x"),
    "quotient_of_derivatives": ("sin x / x^2", "cos x / (2x)"),
    "quotient_sign": ("sin x / x", "(x cos x + sin x)/x^2"),
    "quotient_swapped": ("sin x / x", "(sin x - x cos x)/x^2"),
    "quotient_denominator_not_squared": ("sin x / x", "(x cos x - sin x)/x"),
    "power_rule_for_f_to_g": ("(sin x)^x", "x (sin x)^(x-1) cos x"),
    "exponential_rule_for_f_to_g": ("(sin x)^x", "(sin x)^x ln(sin x)"),
    "power_rule_for_exponential": ("2^(x^2)", "x^2*2^(x^2 - 1)"),
    "ln_a_lost": ("2^(x^2)", "2x*2^(x^2)"),
    "exponent_not_decremented": ("(x^2 + 1)^3", "3(x^2 + 1)^3*2x^2"),
    "exponent_not_brought_down": ("(sin x)^3", "(sin x)^2 cos x"),
    "coefficient_lost": ("5 sin x", "cos x"),
    "constant_kept": ("sin(x) + 5", "cos x + 5"),
    "sin_sign": ("sin(2x)", "-2cos(2x)"),
    "cos_sign": ("cos(2x)", "2sin(2x)"),
    "tan_like_sign": ("tg(2x)", "-2/cos^2(2x)"),
    "ctg_sign": ("ctg(2x)", "2/sin^2(2x)"),
    "arcsin_sign": ("arcsin(2x)", "-2/√(1 - 4x^2)"),
    "arccos_sign": ("arccos(2x)", "2/√(1 - 4x^2)"),
    "arctg_sign": ("arctg(2x)", "-2/(1 + 4x^2)"),
    "arcctg_sign": ("arcctg(2x)", "2/(1 + 4x^2)"),
    "ch_sign": ("ch(2x)", "-2sh(2x)"),
    "sqrt_half_lost": ("√(2x + 1)", "2/√(2x + 1)"),
    "ln_of_inner": ("ln(x^2 + 1)", "1/x"),
    "ln_not_inverted": ("ln(x^2 + 1)", "2x/ln(x^2 + 1)"),
    "log_base_lost": ("log_2(x^2 + 1)", "2x/(x^2 + 1)"),
    "inner_derivative_of_ln_lost": ("ln(x^2 + 1)", "1/(x^2 + 1)"),
    "outer_at_inner_derivative": ("sin(x^3)", "cos(3x^2)"),
    "first_product_term_lost": ("x^2 sin x", "x^2 cos x"),
    "power_rule_with_inner_for_exponential": ("2^(x^2)", "2x^3*2^(x^2 - 1)"),
    "exponent_incremented": ("(sin x)^3", "3(sin x)^4 cos x"),
    "negative_exponent_raised": ("(sin x)^(-2) + 1/x", "-2(sin x)^(-1) cos x - 1"),
    "integrated_instead": ("(sin x)^3 + 2^x", "(sin x)^4/4*cos x + 2^x/ln 2"),
    "inner_derivative_of_power_lost": ("(sin 2x)^3 + cos 2x", "3(sin 2x)^2 - 2sin 2x"),
    "double_angle": ("(sin x)^2 + (cos 3x)^2", "2sin 2x - 6sin 6x"),
    "coefficient_and_exponent_added": ("5x^3", "8x^2"),
    "other_letters_varied": ("a^2 + x^2", "2a + 2x"),
    "named_constants_varied": ("x^2 + π^2 + ln 3", "2x + 2π + 1/3"),
    "implicit_derivative_dropped": ("x^2 + x*y^2", "2x + y^2 + 2x*y"),
    "sqrt_power_kept": ("√(2x + 1)", "√(2x + 1)"),
    "tan_slope_not_squared": ("tg(2x) + ctg x", "2/cos(2x) - 1/sin x"),
    "arctg_minus_below": ("arctg(2x)", "2/(1 - 4x^2)"),
    "arcsin_plus_below": ("arcsin(2x)", "2/√(1 + 4x^2)"),
    "th_not_squared": ("th(2x)", "2(1 - th(2x))"),
    "th_as_sigmoid": ("th(2x)", "2th(2x)(1 - th(2x))"),
    "sigmoid_of_argument": ("sigmoid(2x)", "2sigmoid(2x)(1 - 2x)"),
    "slope_of_argument": ("sigmoid(2x) + th x", "4x(1 - 2x) + 1 - x^2"),
    "multiple_angle_lost": ("sin(2x)", "2cos x"),
    "factor_two_lost": ("x^2", "x"),
    "overall_sign": ("x^2", "-2x"),
}
DEPENDENT = {"implicit_derivative_dropped": (("y", "t"),)}
"""Letters that depend on x, with their derivatives, where a rule is about them."""
ATOMS = ("x", "y", "t", "x", "y", "2", "3", "0.5", "a")
FUNCTIONS = (
    *("sin", "cos", "tg", "ctg", "arcsin", "arccos", "arctg", "arcctg", "sh", "ch", "th", "cth"),
    *("ln", "sqrt", "exp", "sec", "cosec", "arsh", "sigmoid"),
)
SYMPY = {
    "tg": sympy.tan,
    "ctg": sympy.cot,
    "arcsin": sympy.asin,
    "arccos": sympy.acos,
    "arctg": sympy.atan,
    "arcctg": lambda u: sympy.pi / 2 - sympy.atan(u),
    "sh": sympy.sinh,
    "ch": sympy.cosh,
    "th": sympy.tanh,
    "cth": sympy.coth,
    "ln": sympy.log,
    "cosec": sympy.csc,
    "arsh": sympy.asinh,
    "sigmoid": lambda u: 1 / (1 + sympy.exp(-u)),
}


def composite(rng: random.Random, depth: int) -> tuple[str, Any]:
    """A random function of the document's table, nested, in our text and in sympy."""
    if depth == 0:
        text = rng.choice(ATOMS)
        return text, sympy.Rational(text) if text[0].isdigit() else sympy.Symbol(text)
    form = rng.choice(("call", "call", "sum", "difference", "product", "quotient", "power", "whole", "log"))
    left, mine = composite(rng, depth - 1)
    if form == "call":
        name = rng.choice(FUNCTIONS)
        return f"{name}({left})", (SYMPY.get(name) or getattr(sympy, name))(mine)
    right, other = composite(rng, depth - 1)
    match form:
        case "sum":
            return f"({left} + {right})", mine + other
        case "difference":
            return f"({left} - {right})", mine - other
        case "product":
            return f"({left})*({right})", mine * other
        case "quotient":
            return f"({left})/({right})", mine / other
        case "power":
            return f"({left})^({right})", mine**other
        case "whole":
            exponent = rng.choice((-2, -1, 2, 3))
            return f"({left})^({exponent})", mine**exponent
    return f"log({left}, 3)", sympy.log(mine, 3)


DEPENDENTS = (("t", "a"),)

POINTS = [
    dict(zip("xyta", map(Fraction, values), strict=True))
    for values in (("3/8", "5/8", "7/8", "3/4"), ("-3/8", "5/4", "1/8", "3/2"), ("9/8", "1/8", "-5/8", "1/4"))
]


@pytest.mark.parametrize("seed", range(300))
def test_sympy_agrees(seed: int) -> None:
    """A random composite function in four letters has the same derivative as in sympy, by each letter."""
    rng = random.Random(seed)
    text, theirs = composite(rng, rng.choice((1, 2, 2, 3)))
    while theirs.has(sympy.zoo, sympy.nan):
        text, theirs = composite(rng, 2)
    ours, evaluator = read(text, LETTERS), Approximations()
    for letter in "xyt":
        slope = compiled(derivative(ours, letter))
        right = sympy.lambdify(sympy.symbols("x y t a"), sympy.diff(theirs, sympy.Symbol(letter)), "mpmath")
        for point in POINTS:
            value = evaluator.evaluate(slope, point, 120, real=False)
            if value is None:
                continue
            with mpmath.workprec(200):
                expected = right(*(mpmath.mpf(v.numerator) / v.denominator for v in point.values()))
                assert abs(expected - value.middle) <= mpmath.mpf(10) ** -25 * (1 + abs(expected)), text


def test_every_wrong_rule_is_tried() -> None:
    """The table below has an example of each wrong rule."""
    assert sorted(WRONG_RULES) == sorted(RULES)


@pytest.mark.parametrize("rule", WRONG_RULES)
def test_a_wrong_rule_gives_what_a_student_gives(rule: str) -> None:
    """The result is what the rule says, and not the right one."""
    function, wrong = (read(text, LETTERS) for text in RULES[rule])
    found = derivative(function, "x", frozenset({rule}), DEPENDENT.get(rule, ()))
    assert isinstance(compare(wrong, found), Equal), write(found)
    assert isinstance(compare(derivative(function, "x", dependent=DEPENDENT.get(rule, ())), found), Unequal)


def test_a_symbol_may_depend_on_the_variable() -> None:
    """Implicit differentiation: every letter that depends on x brings the symbol of its derivative."""
    found = derivative(read("x^2 + x*y^2", LETTERS), "x", dependent=(("y", "t"),))
    assert isinstance(compare(read("2x + y^2 + 2x*y*t", LETTERS), found), Equal)


def test_wrong_rules_join() -> None:
    """Two wrong rules are applied together, each wherever it occurs."""
    function = read("x sin(2x) + cos(2x)", LETTERS)
    found = derivative(function, "x", frozenset({"inner_derivative_lost", "cos_sign"}))
    assert isinstance(compare(read("sin(2x) + x cos(2x) + sin(2x)", LETTERS), found), Equal)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_remembered_is_what_would_be_derived(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that no part of a formula asked for changes nothing in it, nor does one with any other."""
    rng = random.Random(seed)
    function = read(composite(rng, 3)[0], LETTERS)
    pairs = [frozenset(rng.sample(WRONG_RULES, 2)) for _ in range(20)]
    rules = [frozenset[str](), *(frozenset({rule}) for rule in WRONG_RULES), *pairs]
    cases = [
        (wrong, letter, dependent) for wrong in rules for letter in "xy" for dependent in ((), DEPENDENTS)
    ]
    remembered = [derivative(function, letter, wrong, dependent) for wrong, letter, dependent in cases]
    monkeypatch.setattr(differentiating._Rules, "by", differentiating._Rules.carried_out)
    assert remembered == [
        derivative(function, letter, wrong, dependent) for wrong, letter, dependent in cases
    ]


def test_an_unknown_rule_is_refused() -> None:
    """A misspelt rule is the author's error."""
    with pytest.raises(ValueError, match="no_such_rule"):
        derivative(number(1), "x", frozenset({"no_such_rule"}))


@pytest.mark.parametrize(
    ("function", "slope"),
    [
        (
            "(xy + e^(txy))^y",
            "y*(x*y + e^(t*x*y))^(y - 1)*(x + t*x*e^(t*x*y)) + (x*y + e^(t*x*y))^y*ln(x*y + e^(t*x*y))",
        ),
        ("5y^3", "15y^2"),
        ("sin(xy)", "x*cos(x*y)"),
        ("1/y", "-1/y^2"),
        ("√y", "1/(2sqrt(y))"),
        ("x", "0"),
        ("ln y", "1/y"),
        ("x/y - 3", "-x/y^2"),
    ],
)
def test_derivatives_look_as_a_person_writes_them(function: str, slope: str) -> None:
    """No zero terms, no factors 1, numbers and signs in front."""
    node: Node = derivative(read(function, LETTERS), "y")
    assert slope == write(node)


@pytest.mark.parametrize(
    ("function", "slope"),
    [
        (r"\sum_{k=1}^{3} k x^k", "1 + 4x + 9x^2"),
        (r"\prod_{k=1}^{3} (x + k)", "3x^2 + 12x + 11"),
        (r"\sum_{x=1}^{3} x^2", "0"),
    ],
)
def test_sums_and_products_over_an_index(function: str, slope: str) -> None:
    """A sum is differentiated term by term, a product by its logarithm; a bound letter is no variable."""
    symbols = Symbols(("x", "k"))
    found = derivative(read(function, symbols), "x")
    assert isinstance(compare(read(slope, symbols), found), Equal), write(found)
