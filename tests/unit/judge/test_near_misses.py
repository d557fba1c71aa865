"""Near misses and forms, from the declaration to the mark."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from grader.author.catalogue import Catalogue
from grader.author.forms import FORM_SENTENCES, Form
from grader.author.near_misses import (
    ANY_FACTOR,
    BROKEN,
    CONSTANT,
    FACTORS,
    JUMPED,
    POSITIVE,
    SWAPPED,
    broken_line,
    jumped,
    off_by,
    off_by_constant,
    off_by_factor,
    only_where_positive,
    swapped,
)
from grader.author.parts import Answer, NearMiss
from grader.author.tasks import Task
from grader.comparators.derivation import Derivation
from grader.comparators.formula import Formula
from grader.comparators.value import Value
from grader.model.verdict import Verdict
from tests.unit.judge.played import assignment_of, verdicts

FORMULA = Formula(("x", "y", "n"))
ALL = (
    *off_by("-1", "2", "1/2", "n", "1/n", credit="3/4"),
    only_where_positive("x", credit="5/8"),
    swapped("x", "y", FORMULA, credit="9/16"),
    off_by_factor("1/2"),
    off_by_constant("1/4"),
)


def found(part: Answer, right: Any, answer: Any) -> Verdict:
    """The verdict on `answer` where `right` is right."""

    @part.oracle
    def oracle() -> Any:
        return right

    return verdicts(assignment_of(q=Task([part])), {f"q_{part.name}": answer})[f"q.{part.name}"]


@pytest.mark.parametrize(
    ("right", "answer", "code", "points"),
    [
        ("x^2 + y", "-y - x^2", "sign", "3/4"),
        ("x^2 + y", "2y + 2x^2", "doubled", "3/4"),
        ("f = x^2 + y", "(y + x^2)/2", "halved", "3/4"),
        ("x^2/n", "x^2", "times_n", "3/4"),
        ("x^2", "x^2/n", "over_n", "3/4"),
        ("√(x^2)*y", "x*y", "only_where_positive", "5/8"),
        ("x^2*y", "y^2*x", "swapped_x_y", "9/16"),
        ("x^2 + y", "7x^2 + 7y", "factor", "1/2"),
        ("x^2 + y", "y + x^2 - 3", "constant", "1/4"),
    ],
)
def test_a_near_miss_is_named(right: str, answer: str, code: str, points: str) -> None:
    """What is off is told, and paid as the author says."""
    verdict = found(Answer("a", 1, FORMULA, near=ALL), right, answer)
    assert (verdict.codes, verdict.points) == ((code,), Fraction(points))


def test_a_right_answer_and_a_strange_one_are_no_near_misses() -> None:
    """Near misses explain what they are for, and nothing else."""
    right = found(Answer("a", 1, FORMULA, near=ALL), "x^2 + y", "y + x*x")
    strange = found(Answer("a", 1, FORMULA, near=ALL), "x^2 + y", "x^3 + y")
    assert (right.finding, right.codes) == ("right", ())
    assert (strange.finding, strange.points) == ("unexplained", 0)


def test_numbers_may_be_off_by_a_factor() -> None:
    """Vectors that were worked out by hand are multiplied entry by entry."""
    part = Answer("a", 1, Value(), near=off_by("-1", "1/2"))
    assert found(part, [1, 2, 3], [0.5, 1, 1.5]).codes == ("halved",)


def test_an_authors_own_mistake_is_believed_first() -> None:
    """Of equally paid explanations the one that speaks of the question wins."""
    part = Answer("a", 1, FORMULA, near=off_by("-1", credit="1/2"))

    @part.misconception(credit="1/2")
    def ascent() -> str:
        "You go up."
        return "-x"

    assert found(part, "x", "-x").codes == ("ascent",)


@pytest.mark.parametrize(
    ("form", "right", "good", "bad"),
    [
        (Form("expanded", "3/4"), "x(x + y)", "x^2 + x y", "x(x + y)"),
        (Form("factored", "3/4"), "x(x + y)", "x(y + x)", "x^2 + x y"),
        (Form("simplified", "3/4"), "2x", "2x", "x + x"),
        (Form("functions", "3/4", functions=("sin",)), "sin(2x)", "sin(2x)", "2sin x cos x"),
    ],
)
def test_a_right_value_in_a_wrong_form_has_its_credit(form: Form, right: str, good: str, bad: str) -> None:
    """A right answer in form is right, in another form a named mistake, and a wrong one is wrong."""
    verdicts_ = [found(Answer("a", 1, FORMULA, form=form), right, answer) for answer in (good, bad, "y")]
    seen = [(verdict.finding, verdict.codes, verdict.points) for verdict in verdicts_]
    assert seen == [
        ("right", (), 1),
        ("misconception", (f"not_{form.name}",), Fraction(3, 4)),
        ("unexplained", (), 0),
    ]


def test_every_engine_sentence_is_said_in_russian() -> None:
    """Whatever near miss or form an author declares, a Russian student reads of it in Russian."""
    said = [*FORM_SENTENCES.values(), ANY_FACTOR, CONSTANT, POSITIVE, SWAPPED, JUMPED, BROKEN]
    said += [sentence for _, sentence in FACTORS.values()]
    assert [text for text in said if not Catalogue().has("ru", text)] == []


def test_a_near_miss_keeps_what_the_oracle_asks_for() -> None:
    """It is called with the parameters that the oracle takes."""
    part = Answer("a", 1, FORMULA, near=[NearMiss("twice", "1/2", "Twice.", lambda right: f"2*({right})")])

    @part.oracle
    def oracle(k: int) -> str:
        return f"{k}x"

    assignment = assignment_of(q=Task([part], variants={"k": (3,)}))
    assert verdicts(assignment, {"q_a": "6x"})["q.a"].codes == ("twice",)


QUESTION = "d/dx((x^2 + y)^3*sin(x)) = 6x(x^2 + y)^2*sin(x) + (x^2 + y)^3*cos(x)"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (["f' = 6x(x^2 + y)^2 sin x + (x^2 + y)^3 cos x"], "jumped"),
        (
            [
                "f' = ((x^2 + y)^3)' sin x + (x^2 + y)^3 (sin x)'",
                "= 3(x^2 + y)^2 sin x + (x^2 + y)^3 cos x",
                "= (x^2 + y)^2 (3sin x + (x^2 + y) cos x)",
            ],
            "broken_line",
        ),
    ],
)
def test_a_near_miss_of_a_derivation_is_named(answer: list[str], code: str) -> None:
    """A jump to the answer is seen, and what follows from one wrong line is paid."""
    part = Answer("a", 1, Derivation(("x", "y")), near=[broken_line("1/2"), jumped("1/4")])
    assert found(part, QUESTION, answer).codes == (code,)


def test_two_wrong_lines_are_no_near_miss() -> None:
    """Nor is a wrong line with nothing right before it."""
    part = Answer("a", 1, Derivation(("x", "y")), near=[broken_line("1/2"), jumped("1/4")])
    for answer in (
        ["f' = 2x", "= x + x"],
        ["f' = (f)'", "= 2x", "= 3x"],
        ["f' = f'", "= 2x", "= 2x"],
        ["f' = f'", "= 2x", "= x + x"],
        ["(x^2 + y)^3*sin(x)", "= 2x", "= x + x"],
    ):
        assert found(part, QUESTION, answer).finding == "unexplained", answer
