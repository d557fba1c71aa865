"""Tasks q10 and q11: following through, within a task and from one to the other; forms of writing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec import Raw

from grader.author.loading import load_assignment
from grader.guest import plain
from grader.judge.dealing import Hand, deal
from grader.judge.expecting import Expectations
from grader.judge.marking import mark_student
from grader.model.observation import Observation
from grader.model.verdict import Verdict

COLLOQUIUM = load_assignment(Path(__file__).parents[2] / "assignments" / "colloquium")
LAYERS = replace(COLLOQUIUM, tasks={name: COLLOQUIUM.tasks[name] for name in ("q10", "q11")})
EXPECTATIONS = Expectations(LAYERS)
STUDENTS = [f"student-{number}" for number in range(12)]


def verdicts(hand: Hand, **answers: Any) -> dict[str, Verdict]:
    """`q10_dz` → verdict, for a student who gives `answers` and nothing else."""
    observed = {
        f"{name.replace('_', '/', 1)}/0": Observation("returned", Raw(plain.dumps(answer)))
        for name, answer in answers.items()
    }
    marks = mark_student(EXPECTATIONS, hand, observed)
    return {f"{mark.task}_{found.part}": found for mark in marks for found in mark.verdicts}


def by_hand(hand: Hand) -> tuple[np.ndarray, ...]:
    """x, W, z, dz, dW, dx of question 10, entry by entry."""
    x, W, t = (np.array(hand["q10"][name]) for name in ("x", "W", "t"))
    z = np.array([[sum(x[0, i] * W[i, j] for i in range(2)) for j in range(2)]])
    dz = z - t
    dW = np.array([[x[0, i] * dz[0, j] for j in range(2)] for i in range(2)])
    dx = np.array([[sum(dz[0, j] * W[i, j] for j in range(2)) for i in range(2)]])
    return x, W, z, dz, dW, dx


@pytest.mark.parametrize("student", STUDENTS)
def test_right_values_in_any_container(student: str) -> None:
    """Rows, flat lists, columns, arrays and texts are the same vector."""
    hand = deal(LAYERS, student)
    _, _, z, dz, dW, dx = by_hand(hand)
    found = verdicts(hand, q10_z=z[0].tolist(), q10_dz=str(dz.tolist()), q10_dW=dW.tolist(), q10_dx=dx.T)
    assert {found[f"q10_{part}"].finding for part in ("z", "dz", "dW", "dx")} == {"right"}


@pytest.mark.parametrize("student", STUDENTS)
def test_later_values_follow_an_early_slip(student: str) -> None:
    """Whoever miscounts z and goes on rightly loses only z; the report says what was followed."""
    hand = deal(LAYERS, student)
    x, W, z, dz, _, _ = by_hand(hand)
    wrong_z, wrong_dz = np.add(z, [[1, 0]]), np.add(dz, [[1, 0]])
    answers = {"q10_z": wrong_z, "q10_dz": wrong_dz, "q10_dW": x.T @ wrong_dz, "q10_dx": wrong_dz @ W.T}
    found = verdicts(hand, **{name: answer.tolist() for name, answer in answers.items()})
    assert [found[name].finding for name in answers] == ["unexplained", "followed", "followed", "followed"]
    assert found["q10_dW"].follows == ("q10.dz",)


@pytest.mark.parametrize("student", STUDENTS)
def test_question_11_builds_on_question_10(student: str) -> None:
    """A wrong ∂L/∂W of question 10 with the second example rightly added is followed; with half of it, it is not."""
    hand = deal(LAYERS, student)
    *_, dW, _ = by_hand(hand)
    x2, dz2 = (np.array(hand["q11"][name]) for name in ("x2", "dz2"))
    second = x2.T @ dz2
    found = verdicts(hand, q10_dW=(dW + 100).tolist(), q11_dW_with_q10=(dW + 100 + second).tolist())
    assert (found["q11_dW_with_q10"].finding, found["q11_dW_with_q10"].follows) == ("followed", ("q10.dW",))
    found = verdicts(hand, q10_dW=(dW + 100).tolist(), q11_dW_with_q10=((dW + 100 + second) / 2).tolist())
    assert found["q11_dW_with_q10"].codes == ("wrong_mean",)
    found = verdicts(hand, q10_dW=dW.tolist(), q11_dW_with_q10=(dW + second).tolist())
    assert found["q11_dW_with_q10"].finding == "right"


FORMULAS = {
    "row": [
        ("x W", "x^T dz", "dz W^T"),
        ("x @ W", "x.T @ dL/dz", "dL/dz @ W.T"),
        ("np.dot(x, W)", "np.dot(x.T, dz)", "np.dot(dz, W.T)"),
        ("xW", r"x^T \frac{\partial L}{\partial z}", r"\frac{\partial L}{\partial z} W^T"),
        ("z = xW", "dL/dW = x.T ∂L/∂z", "dx = ∂L/∂z Wᵀ"),
    ],
    "column": [
        ("W^T x", "x dz^T", "W dz"),
        ("W.T @ x", "x @ dz.T", "W @ dz"),
        ("(x^T W)^T", "(dz x^T)^T", "(dz^T W^T)^T"),
    ],
}


@pytest.mark.parametrize(
    ("layout", "forms"), [(layout, forms) for layout in FORMULAS for forms in FORMULAS[layout]]
)
def test_formulas_as_people_write_them(layout: str, forms: tuple[str, str, str]) -> None:
    """Either layout in any notation is right if all three formulas keep to it, and the report names it."""
    names = ("q10_formula_z", "q10_formula_dW", "q10_formula_dx")
    found = verdicts(deal(LAYERS, "anyone"), **dict(zip(names, forms, strict=True)))
    assert [(found[name].finding, found[name].conventions["layout"]) for name in names] == [
        ("right", layout)
    ] * 3


def test_a_mixture_of_layouts_is_not_right() -> None:
    """z by rows and a gradient by columns is not accepted as either."""
    found = verdicts(
        deal(LAYERS, "anyone"), q10_formula_z="x W", q10_formula_dW="x dz^T", q10_formula_dx="dz W^T"
    )
    assert found["q10_formula_dW"].finding != "right"
    assert found["q10_formula_dW"].codes == ("mixed_conventions",)


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        ("X.T @ dZ", ()),
        ("(dZ^T X)^T", ()),
        ("X^T dZ / N", ("wrong_mean",)),
        ("1/N X^T dZ", ("wrong_mean",)),
        ("X dZ", ("wrong_transpose",)),
        ("dZ X^T", ("wrong_order",)),
        ("dZ.T @ X", ("wrong_layout",)),
        ("X * dZ", ("wrong_product",)),
        ("X.T @ dL/dZ", ()),
    ],
)
def test_batch_formula(answer: str, codes: tuple[str, ...]) -> None:
    """Right forms are right, and each mistake has its name, shapes that do not fit included."""
    found = verdicts(deal(LAYERS, "anyone"), q11_formula_dW=answer)
    assert found["q11_formula_dW"].codes == codes
    assert (found["q11_formula_dW"].finding == "right") == (codes == ())
