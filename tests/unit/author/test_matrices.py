"""Wrong rules of matrix formulas, as authors declare them."""

from __future__ import annotations

import random
from fractions import Fraction
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.algebra.matrices.mistakes import MATRIX_RULES, wrong_formulas
from grader.author.catalogue import Catalogue
from grader.author.matrices import MATRIX_SLIPS, SWITCH, matrix_slips, miswritten
from grader.author.parts import Answer
from grader.author.readings import evaluate, full_reading, paired_readings, single_readings
from grader.comparators.matrix_formula import MatrixFormula

CHAIN = "sum(i=1..k, prod(j=i+1..k, ∂s_j/∂s_{j-1}) @ ∂s_i/∂W_*)"
THREE = "∂s_3/∂s_2 @ ∂s_2/∂s_1 @ ∂s_1/∂W_* + ∂s_3/∂s_2 @ ∂s_2/∂W_* + ∂s_3/∂W_*"
SHAPES = {
    "X": ("N", "D"),
    "W": ("D", "H"),
    "Z": ("N", "H"),
    "A": ("N", "H"),
    "dA": ("N", "H"),
    "V": ("H", "C"),
    "dY": ("N", "C"),
    "S": ("H", "H"),
    "p": (1, "C"),
}
FORMULAS = MatrixFormula(
    SHAPES,
    scalars=("lam",),
    functions=("f", "f'"),
    families={"∂s_i/∂s_{i-1}": ("d", "d"), "∂s_i/∂W_*": ("d", "q"), "∂s_k/∂W": ("d", "q")},
    definitions={"A": "f(Z)", "∂s_k/∂W": CHAIN},
    indices={"k": range(1, 6)},
)
ANSWER = Answer("answer", 1, FORMULAS, slips=matrix_slips())


@ANSWER.oracle
def right(formula: str, **rules: Any) -> str | tuple[str, ...]:
    """The formula by whatever rules are on."""
    return miswritten(formula, FORMULAS, rules)


WRITTEN_BY_HAND = [
    ("X.T @ dA", "-X^T dA", "sign"),
    ("A.T @ (dY - V.T @ S)", "A^T (V^T S - dY)", "sign"),
    ("X.T @ dA + 2*lam*W", "X^T dA + lam W", "factor"),
    ("X.T @ dA", "1/N X^T dA", "mean"),
    ("sum(dA, axis=0)", "dA.mean(axis=0)", "mean"),
    ("X.T @ dA / N", "X^T dA / N^2", "mean_twice"),
    ("X.T @ dA / N", r"X^{\top} \cdot dA", "sum"),
    ("X.T @ dA", "X dA", "transpose"),
    ("dY @ V.T", "dY V", "transpose"),
    ("X.T @ dA", "X dA^T", "transpose_moved"),
    ("X.T @ dA", "dA^T X", "layout"),
    ("X.T @ dA", "dA X^T", "order"),
    ("X @ W @ S", "S W X", "order"),
    ("X.T @ dA", "X ⊙ dA", "product"),
    ("X.T @ (dY @ V.T * f'(Z))", "X^T ((dY V^T) f'(Z))", "elements"),
    ("(S + S.T) @ V", "2 S V", "symmetric"),
    ("sum(dA, axis=0)", "dA", "unsummed"),
    ("sum(dA, axis=0)", "np.sum(dA, axis=1)", "axis"),
    ("X.T @ (dY @ V.T * f'(Z))", "X.T @ dY @ V.T", "activation_lost"),
    ("dA * f'(Z)", "dA ⊙ f'(A)", "activation_argument"),
    ("dA * f'(Z)", "dA ⊙ f'(f(Z))", "activation_argument"),
    ("dA * f'(Z)", "f(Z) * dA", "activation_itself"),
    ("A.T @ dY", "Z^T dY", "preactivation"),
    ("dA * (1 - A*A)", "dA * (1 - Z**2)", "preactivation"),
    ("diag(p) - p.T @ p", "diag(p * (1 - p))", "softmax_diagonal"),
    (CHAIN, "∂s_k/∂W_*", "last_term_only"),
    (CHAIN, "Σ_{i=1}^{k-1} (Π_{j=i+1}^k ∂s_j/∂s_{j-1}) ∂s_i/∂W_*", "last_term_lost"),
    (CHAIN, "Π_{j=2}^k ∂s_j/∂s_{j-1} ∂s_1/∂W_*", "first_term_only"),
    (CHAIN, "Σ_{i=2}^k (Π_{j=i+1}^k ∂s_j/∂s_{j-1}) ∂s_i/∂W_*", "first_term_lost"),
    (CHAIN, "Σ_{i=1}^k (Π_{j=i+2}^k ∂s_j/∂s_{j-1}) ∂s_i/∂W_*", "product_short"),
    (CHAIN, "Σ_{i=1}^k (Π_{j=i}^k ∂s_j/∂s_{j-1}) ∂s_i/∂W_*", "product_long"),
    (CHAIN, "Σ_{i=1}^k (Π_{j=i+1}^k ∂s_j/∂s_{j-1}) ∂s_i/∂W", "total_for_immediate"),
    (CHAIN, "Σ_{i=1}^k (Π_{j=i+1}^k ∂s_j/∂s_{j-1}) ∂s_{i-1}/∂W_*", "index_shifted"),
    (THREE, "∂s_3/∂W_*", "last_term_only"),
    (THREE, "∂s_3/∂s_2 (∂s_2/∂s_1 ∂s_1/∂W_* + ∂s_2/∂W_*)", "last_term_lost"),
    (THREE, "∂s_3/∂s_2 ∂s_2/∂s_1 ∂s_1/∂W_* + ∂s_3/∂W_*", "term_lost"),
    (THREE, "∂s_2/∂s_1 ∂s_1/∂W_* + ∂s_3/∂s_2 ∂s_2/∂W_* + ∂s_3/∂W_*", "product_short"),
    (THREE, "∂s_2/∂s_1 ∂s_3/∂s_2 ∂s_1/∂W_* + ∂s_3/∂s_2 ∂s_2/∂W_* + ∂s_3/∂W_*", "order"),
    ("∂s_4/∂s_3 @ ∂s_3/∂s_2 @ ∂s_2/∂s_1 @ ∂s_1/∂W_*", "∂s_2/∂s_1 ∂s_3/∂s_2 ∂s_4/∂s_3 ∂s_1/∂W_*", "reversed"),
    ("A.T @ dY", "X^T dY", "symbol"),
]
"""Right formula, what a student writes instead, and what that is."""

SPECIAL = {
    "symmetric": "(S + S.T)",
    "softmax_diagonal": "(diag(p) - p.T @ p)",
    "last_term_only": "(V + {n} * S @ V)",
    "total_for_immediate": "∂s_{n}/∂W_*",
    "product_long": "∂s_{n}/∂W_*",
    "product_short": "∂s_{n}/∂s_{m} @ ∂s_{m}/∂W_*",
    "index_shifted": "∂s_{n}/∂W_*",
    "reversed": "∂s_{n}/∂s_{m} @ ∂s_{m}/∂s_{l} @ ∂s_{l}/∂s_{h} @ ∂s_{h}/∂W_*",
}
"""What a formula must hold for a rule to find anything in it."""


@lru_cache(maxsize=4096)
def dealt(number: int, special: str = "") -> str:
    """A random formula whose shapes fit; `special` stands somewhere in it."""
    rng = random.Random(number)
    if special:
        n = rng.randint(4, 8)
        named = {"n": n, "m": n - 1, "l": n - 2, "h": n - 3}
        for name, value in named.items():
            special = special.replace(f"{{{name}}}", f"{{{value}}}")
        rows, columns = shape_of_special(special)
        left, right_side = rng.choice(("", "left")), rng.choice(("", "right"))
        text = special
        text = f"{grown(rng, rng.choice('NHC'), rows, 1)} @ {text}" if left and rows in "HC" else text
        text = (
            f"{text} @ {grown(rng, columns, rng.choice('NDHC'), 1)}"
            if right_side and columns in "HC"
            else text
        )
        return text + rng.choice(("", " / 2", " * lam", " / 3", " * 5", " / 7", " * 11"))
    rows, columns = rng.choice("NDHC"), rng.choice("NDHC")
    text = grown(rng, rows, columns, 2)
    return rng.choice(
        (text, text, f"({text}) / N", f"sum({text}, axis={rng.randint(0, 1)})", f"2*lam*({text})")
    )


def shape_of_special(text: str) -> tuple[str, str]:
    """Rows and columns of what is special."""
    if "∂" in text:
        return "d", "q"
    return ("H", "C") if "V" in text else ("H", "H") if "S" in text else ("C", "C")


def grown(rng: random.Random, rows: str, columns: str, depth: int) -> str:
    """A random formula of this shape."""
    leaves = [name for name, shape in SHAPES.items() if shape == (rows, columns)]
    leaves += [f"{name}.T" for name, shape in SHAPES.items() if shape == (columns, rows)]
    if depth == 0 and leaves:
        return rng.choice(leaves)
    kinds = ["product", "product", "sum"] + ["slope"] * 3 * ((rows, columns) == ("N", "H"))
    match rng.choice(kinds if depth > 0 else ["product"]):
        case "slope":
            return f"({grown(rng, rows, columns, depth - 1)}) * f'({rng.choice(('Z', 'dA'))})"
        case "sum":
            sign = rng.choice("+-")
            return f"({grown(rng, rows, columns, depth - 1)} {sign} {grown(rng, rows, columns, depth - 1)})"
    inner = rng.choice([i for i in "NDHC" if depth > 0 or (joined(rows, i) and joined(i, columns))] or ["H"])
    return (
        f"({grown(rng, rows, inner, max(depth - 1, 0))}) @ ({grown(rng, inner, columns, max(depth - 1, 0))})"
    )


def joined(rows: str, columns: str) -> bool:
    """Whether there is a matrix of this shape, or its transpose."""
    return (rows, columns) in SHAPES.values() or (columns, rows) in SHAPES.values()


def typed(rng: random.Random, text: str) -> str:
    """The formula as on paper, in LaTeX or in Python."""
    match rng.choice(("paper", "latex", "python")):
        case "paper":
            return text.replace(" @ ", " ").replace(" * ", " ⊙ ").replace(".T", "^T")
        case "latex":
            return (
                text.replace(" @ ", " ")
                .replace(".T", r"^{\top}")
                .replace(" * ", r" \circ ")
                .replace("⊙", r"\odot")
            )
    return text.replace("⊙", "*")


def formulas(rule: str) -> list[str]:
    """At least twenty formulas in which `rule` changes something."""
    found: list[str] = []
    number = 0
    while len(found) < 20:
        formula = dealt(number, SPECIAL.get(rule, ""))
        if formula not in found and wrong_formulas(formula, FORMULAS.known, (rule,)):
            found.append(formula)
        number += 1
        assert number < 2000, f"{rule} finds nothing to apply to"
    return found


def diagnosed(answer: str, formula: str, *, pairs: bool = False) -> tuple[str, ...] | None:
    """Codes of the first reading that gives `answer`, as the judge goes through them; None where none does."""
    readings = [full_reading(ANSWER, ()), *single_readings(ANSWER, ())]
    for reading in [*readings, *(paired_readings(ANSWER, ()) if pairs else ())]:
        if FORMULAS.agrees(evaluate(ANSWER, reading, (), {"formula": formula}), answer):
            return reading.codes
    return None


def test_every_rule_of_the_engine_has_a_sentence() -> None:
    """An author may declare every wrong rule, and every sentence is said in Russian by the engine itself."""
    assert sorted(MATRIX_RULES) == sorted(MATRIX_SLIPS)
    unsaid = [rule for rule, slip in MATRIX_SLIPS.items() if not Catalogue().has("ru", slip.says)]
    assert unsaid == []


def test_every_rule_is_written_by_hand() -> None:
    """The list below leaves no rule out."""
    assert set(MATRIX_RULES) == {rule for _, _, rule in WRITTEN_BY_HAND}


@pytest.mark.parametrize(("formula", "answer", "rule"), WRITTEN_BY_HAND)
def test_what_students_write_is_named(formula: str, answer: str, rule: str) -> None:
    """The rule is named, or one that gives the same and is paid or ranked no lower."""
    own = Answer("own", 1, FORMULAS, slips=matrix_slips(rule))
    own.oracle(right)
    (reading,) = single_readings(own, ())
    assert FORMULAS(formula, answer) is not None
    assert FORMULAS.agrees(evaluate(own, reading, (), {"formula": formula}), answer)
    codes = diagnosed(answer, formula)
    assert codes is not None
    order = [reading.codes for reading in single_readings(ANSWER, ())]
    assert order.index(codes) <= order.index((f"{SWITCH}{rule}",))


@pytest.mark.parametrize("rule", MATRIX_RULES)
def test_every_wrong_rule_is_recognised(rule: str) -> None:
    """On twenty dealt formulas whatever a rule leads to is explained by it, in whichever notation it is typed."""
    rng = random.Random(rule)
    for formula in formulas(rule):
        wrong = wrong_formulas(formula, FORMULAS.known, (rule,))
        answer = typed(rng, rng.choice(wrong))
        assert not FORMULAS.agrees(formula, answer)
        assert FORMULAS.agrees(wrong, answer), (formula, answer)


@given(st.integers(0, 10**6), st.sampled_from(("", *SPECIAL.values())), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_a_right_answer_is_never_taken_for_a_wrong_rule(
    number: int, special: str, rng: random.Random
) -> None:
    """In whichever notation it is typed, and turned round twice, a right formula is right and no mistake."""
    formula = dealt(number, special)
    answer = typed(rng, rng.choice((formula, f"(({formula}).T).T", f"2*({formula}) - ({formula})")))
    assert diagnosed(answer, formula) == ()
    for rule in rng.sample(sorted(MATRIX_RULES), 6):
        wrong = wrong_formulas(formula, FORMULAS.known, (rule,))
        assert not wrong or not FORMULAS.agrees(wrong, answer)


@pytest.mark.parametrize(
    ("formula", "answer", "rules"),
    [
        ("X.T @ (dY @ V.T * f'(Z)) / N", "X^T dY V^T", ("sum", "activation_lost")),
        ("X.T @ dA", "-dA^T X", ("sign", "layout")),
        ("X.T @ dA", "X dA / N", ("mean", "transpose")),
        (THREE, "-∂s_3/∂W_*", ("sign", "last_term_only")),
    ],
)
def test_two_rules_at_once(formula: str, answer: str, rules: tuple[str, str]) -> None:
    """What no rule explains alone two may."""
    own = Answer("own", 1, FORMULAS, slips=matrix_slips(*rules))
    own.oracle(right)
    context = {"formula": formula}
    for reading in single_readings(own, ()):
        assert not FORMULAS.agrees(evaluate(own, reading, (), context), answer)
    (pair,) = paired_readings(own, ())
    assert FORMULAS.agrees(evaluate(own, pair, (), context), answer)


def test_authors_choose_rules_and_credits() -> None:
    """Rules are named, and paid otherwise; a misspelt one is the author's error."""
    slips = matrix_slips("order", sign="3/4")
    assert list(slips) == ["wrong_sign", "wrong_order"]
    assert Fraction("3/4") == Fraction(str(slips["wrong_sign"][True].credit))
    with pytest.raises(ValueError, match="no_such_rule"):
        matrix_slips("no_such_rule")
