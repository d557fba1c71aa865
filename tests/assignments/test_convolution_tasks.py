"""What the tasks about convolution promise beyond their single readings."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec import Raw
from scipy import signal

from grader.author.loading import load_assignment
from grader.author.parts import Code, fraction
from grader.author.readings import evaluate, full_reading, paired_readings
from grader.guest import plain
from grader.judge.dealing import call_key, cases_of, deal
from grader.judge.expecting import Expectations
from grader.judge.marking import MIXED, mark_student
from grader.model.observation import Observation
from grader.model.verdict import Verdict

ROOT = Path(__file__).resolve().parents[2]
COLLOQUIUM = load_assignment(ROOT / "assignments" / "colloquium")
T1, Q13 = COLLOQUIUM.tasks["t1"], COLLOQUIUM.tasks["q13"]
HANDS = [deal(COLLOQUIUM, f"s{number}") for number in range(100)]
CROSS, TRUE = (("orientation", "cross_correlation"),), (("orientation", "convolution"),)


def marked(task: Any, hand: Any, answers: dict[str, Any]) -> dict[str, Verdict]:
    """Verdicts on `answers` (call key → value, or an exception)."""
    alone = replace(COLLOQUIUM, tasks={task.name: task})
    seen = {
        key: Observation("raised")
        if isinstance(v, Exception)
        else Observation("returned", Raw(plain.dumps(v)))
        for key, v in answers.items()
    }
    (mark,) = mark_student(Expectations(alone), hand, seen)
    return {verdict.part: verdict for verdict in mark.verdicts}


def on_paper(hand: Any, readings: dict[str, Any]) -> dict[str, Any]:
    """Answers to T1: part → reading."""
    return {
        f"t1/{name}/0": evaluate(T1.part(name), reading, (), hand["t1"]) for name, reading in readings.items()
    }


def code(conv2d: Any, backward: Any) -> dict[str, Any]:
    """What two functions give on every posed case of Q13."""
    answers: dict[str, Any] = {}
    for name, function in (("conv2d", conv2d), ("dV", backward)):
        for number, case in enumerate(cases_of(COLLOQUIUM, Q13, Q13.part(name), HANDS[0]["q13"])):
            try:
                answers[call_key(Q13, Q13.part(name), number)] = function(*case.arguments)
            except (ValueError, IndexError) as error:
                answers[call_key(Q13, Q13.part(name), number)] = error
    return answers


def conv2d(V: Any, W: Any, padding: int, stride: int) -> Any:
    """As scipy has it."""
    return signal.correlate2d(np.pad(V, padding), W, mode="valid")[::stride, ::stride]


def conv2d_backward(dG: Any, V: Any, W: Any, padding: int, stride: int, step: int | None = None) -> Any:
    """As a student writes it; `step` is the stride that the loops use."""
    step = stride if step is None else step
    P, p = np.pad(V, padding), padding
    dP, dW = np.zeros_like(P), np.zeros_like(W)
    (h, w), (height, width) = W.shape, V.shape
    for i, j in product(range(dG.shape[0]), range(dG.shape[1])):
        dP[i * step : i * step + h, j * step : j * step + w] += dG[i, j] * W
        dW += dG[i, j] * P[i * step : i * step + h, j * step : j * step + w]
    return dP[p : p + height, p : p + width], dW


@pytest.mark.parametrize("hand", HANDS)
def test_numbers_by_hand_are_those_of_scipy(hand: Any) -> None:
    """All three parts of T1, under both conventions."""
    for setting, theirs in ((CROSS, signal.correlate2d), (TRUE, signal.convolve2d)):
        for name, frame in (("valid", 0), ("framed", 1), ("large", 0)):
            picture, kernel = (np.array(hand["t1"][f"{name}_{what}"]) for what in ("picture", "kernel"))
            ours = evaluate(T1.part(name), full_reading(T1.part(name), setting), (), hand["t1"])
            assert ours.tolist() == theirs(np.pad(picture, frame), kernel, mode="valid").tolist()


def test_pairs_of_slips_are_told() -> None:
    """Two slips in one answer of T1: both sentences, the product of the credits; simpler readings go first."""
    told = 0
    for hand, setting in product(HANDS[:5], (CROSS, TRUE)):
        right = {part.name: full_reading(part, setting) for part in T1.parts}
        for part in T1.parts:
            pairs = paired_readings(part, setting)
            for reading in pairs:
                verdict = marked(T1, hand, on_paper(hand, {**right, part.name: reading}))[part.name]
                assert verdict.finding == "misconception"
                assert verdict.points >= reading.credit * fraction(part.points)
                told += verdict.codes == reading.codes
    assert told >= 100


def test_a_mixture_of_orientations_is_not_accepted() -> None:
    """Two parts one way and one part the other way: the odd one earns nothing and is called mixed."""
    for hand in HANDS[:20]:
        readings = {part.name: full_reading(part, CROSS) for part in T1.parts}
        readings["large"] = full_reading(T1.part("large"), TRUE)
        verdicts = marked(T1, hand, on_paper(hand, readings))
        assert [verdicts[name].finding for name in ("valid", "framed", "large")] == [
            "right",
            "right",
            "unexplained",
        ]
        assert (verdicts["large"].codes, verdicts["large"].points) == ((MIXED,), 0)


def test_code_as_students_write_it_is_right() -> None:
    """scipy's forward pass and hand-written loops earn everything, though they add in another order."""
    verdicts = marked(Q13, HANDS[0], code(conv2d, conv2d_backward))
    assert [verdicts[name].finding for name in ("conv2d", "dV", "dW")] == ["right"] * 3


def test_a_lost_stride_is_followed_through() -> None:
    """Who ignores the stride forward and, consistently, backward loses points once."""

    def forward(V: Any, W: Any, padding: int, stride: int) -> Any:
        return conv2d(V, W, padding, 1)

    def backward(dG: Any, V: Any, W: Any, padding: int, stride: int) -> Any:
        return conv2d_backward(dG, V, W, padding, stride, step=1)

    verdicts = marked(Q13, HANDS[0], code(forward, backward))
    assert verdicts["conv2d"].codes == ("stride_ignored",)
    assert [(verdicts[n].finding, verdicts[n].points, verdicts[n].follows) for n in ("dV", "dW")] == [
        ("followed", 2, ("q13.conv2d",))
    ] * 2


def test_a_forgotten_frame_is_followed_through_where_it_crashes() -> None:
    """Without the frame the loops over dG leave the picture: consistent with the forward pass, so it costs once."""

    def forward(V: Any, W: Any, padding: int, stride: int) -> Any:
        return conv2d(V, W, 0, stride)

    def backward(dG: Any, V: Any, W: Any, padding: int, stride: int) -> Any:
        return conv2d_backward(dG, V, W, 0, stride)

    verdicts = marked(Q13, HANDS[0], code(forward, backward))
    assert verdicts["conv2d"].codes == ("frame_forgotten",)
    assert [verdicts[name].finding for name in ("dV", "dW")] == ["followed"] * 2


def test_a_stride_lost_backward_only_is_a_mistake() -> None:
    """The same loops after a right forward pass are not."""

    def backward(dG: Any, V: Any, W: Any, padding: int, stride: int) -> Any:
        return conv2d_backward(dG, V, W, padding, stride, step=1)

    verdicts = marked(Q13, HANDS[0], code(conv2d, backward))
    assert verdicts["conv2d"].finding == "right"
    assert [verdicts[name].codes for name in ("dV", "dW")] == [("stride_ignored",)] * 2


def test_the_empty_crop_of_padding_0_is_recognised() -> None:
    """`dP[p:-p, p:-p]` costs a quarter of ∂/∂V and nothing of ∂/∂W."""

    def backward(dG: Any, V: Any, W: Any, padding: int, stride: int) -> Any:
        _, dW = conv2d_backward(dG, V, W, padding, stride)
        whole, _ = conv2d_backward(dG, np.pad(V, padding), W, 0, stride)
        return whole[padding:-padding, padding:-padding], dW

    verdicts = marked(Q13, HANDS[0], code(conv2d, backward))
    assert (verdicts["dV"].codes, verdicts["dV"].points) == (("crop_negative_end",), Fraction(3, 2))
    assert verdicts["dW"].finding == "right"


def test_what_nothing_explains_earns_its_aspects() -> None:
    """A function that is right without padding and stride only earns what these aspects weigh."""

    def forward(V: Any, W: Any, padding: int, stride: int) -> Any:
        return conv2d(V, W, padding, stride) + (7 if padding else 0) + (3 if stride > 1 else 0)

    verdict = marked(Q13, HANDS[0], code(forward, conv2d_backward))["conv2d"]
    assert (verdict.finding, verdict.points) == ("unexplained", Fraction(3) * 2 / 5)
    assert verdict.aspects == ("no padding, stride 1", "not square")


def test_posed_cases_cover_what_students_get_wrong() -> None:
    """Padding 0, 1, 2; filters 1×1, 2×5, 3×3; pictures that are not square; stride 2 and 3 with a remainder."""
    for name in ("conv2d", "dV", "dW"):
        part = Q13.part(name)
        assert isinstance(part, Code)
        cases = cases_of(COLLOQUIUM, Q13, part, HANDS[0]["q13"])
        inputs = [case.arguments[-4:] for case in cases]
        assert {padding for _, _, padding, _ in inputs} == {0, 1, 2}
        assert {W.shape for _, W, _, _ in inputs} >= {(1, 1), (2, 5), (3, 3)}
        assert any(V.shape[0] < V.shape[1] for V, *_ in inputs)
        assert any(V.shape[0] > V.shape[1] for V, *_ in inputs)
        left_over = {s for V, W, p, s in inputs if any((V.shape[a] + 2 * p - W.shape[a]) % s for a in (0, 1))}
        assert left_over == {2, 3}
        assert {case.aspect for case in cases if case.public} == {"no padding, stride 1", "padding", "stride"}


def test_students_are_dealt_different_numbers() -> None:
    """A hundred students, hardly two with the same picture; every filter of the document in every place."""
    assert len({hand["t1"]["framed_picture"] for hand in HANDS}) >= 99
    assert len({hand["q13"]["order"] for hand in HANDS}) == 6
    assert (
        {hand["q13"]["cell"] for hand in HANDS} == {hand["q13"]["weight"] for hand in HANDS} == {1, 2, 3, 4}
    )
