"""Which explanation wins, and what it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from grader.author import Answer, Case, Code, Slip, Task, case
from grader.author.assignment import Assignment
from grader.comparators.choice import Choice
from grader.comparators.close import Close
from grader.comparators.value import Value
from grader.judge.dealing import deal
from grader.judge.diagnosing import Diagnosis
from grader.judge.expecting import Expectations
from grader.judge.marking import MIXED, mark_student
from grader.model.observation import Observation
from grader.model.verdict import Difference
from tests.unit.judge.played import assignment_of, found, marks, played, verdicts

ADAM = {
    "power": {None: None, "late": Slip("1/2", "late"), "never": Slip("1/4", "never")},
    "epsilon": {None: None, "inside": Slip("3/4", "inside")},
}


def some_cases(rng: np.random.Generator) -> list[Case]:
    """Three numbers."""
    return [case(1.0, public=True), case(2.0, aspect="large"), case(-3.0, aspect="negative")]


def step(x: float, power: str | None, epsilon: str | None, minus: int = 1) -> float:
    """A function with switches that can be told apart."""
    return minus * x * {None: 1, "late": 3, "never": 5}[power] + {None: 0, "inside": 100}[epsilon]


def steps() -> Assignment:
    """A function with two switches, a misconception, and a convention."""
    part = Code("step", 2, Close(), slips=ADAM)
    part.cases(some_cases)

    @part.oracle
    def right(x: float, *, power: str | None, epsilon: str | None, sign: str) -> float:
        return step(x, power, epsilon, -1 if sign == "down" else 1)

    @part.misconception(credit="1/3")
    def cubed(x: float) -> float:
        "You cubed it."
        return x**3 + 7

    @part.misconception(credit="9/10")
    def raises(x: float) -> float:
        "It raises."
        raise ValueError(x)

    return assignment_of(q1=Task([part], conventions={"sign": {"up": "up", "down": "down"}}))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (lambda x: x, "right 2"),
        (lambda x: -x, "right 2"),
        (lambda x: 3 * x, "misconception power_late 1"),
        (lambda x: x + 100, "misconception epsilon_inside 3/2"),
        (lambda x: -5 * x + 100, "misconception power_never epsilon_inside 3/8"),
        (lambda x: x**3 + 7, "misconception cubed 2/3"),
        (lambda x: abs(x), "unexplained 4/3"),
        (lambda x: x if x > 1 else 1 / 0, "unexplained 2/3"),
        (lambda x: 1 / 0, "failed 0"),
        (lambda x: None, "unexplained 0"),
        (Observation("missing"), "missing 0"),
        (Observation("timed_out"), "failed 0"),
        (Observation("unsupported"), "failed 0"),
    ],
)
def test_the_best_reading_wins(answer: Any, expected: str) -> None:
    """Full credit first, then slips and misconceptions, then pairs; else what the right aspects weigh."""
    assert found(steps(), {"step": answer}) == {"q1.step": expected}


def test_a_fault_of_ours_withholds_the_task() -> None:
    """One faulted observation is enough: the mark is no zero but none, and says why."""
    observed = played(steps(), {"step": lambda x: x})
    observed["q1/step/1"] = Observation("faulted")
    (mark,) = mark_student(Expectations(steps()), deal(steps(), "a"), observed)
    assert (mark.points, mark.possible, mark.reason) == (None, 2, "fault")


def test_the_simplest_difference_is_shown() -> None:
    """The first case that differs is named, with both values."""
    verdict = verdicts(steps(), {"step": lambda x: abs(x)})["q1.step"]
    assert (verdict.case, verdict.difference) == (2, Difference("value", "", "-3", "3"))
    assert verdict.aspects == ("", "large")


def test_a_diagnosis_shows_a_difference_too() -> None:
    """Whoever made a known mistake sees where the answer parts from the right one."""
    verdict = verdicts(steps(), {"step": lambda x: 3 * x})["q1.step"]
    assert (verdict.case, verdict.difference) == (0, Difference("value", "", "1", "3"))


def test_known_aspects_keep_what_they_earn() -> None:
    """A diagnosis that pays less than the right aspects does not take them away."""
    part = Code("f", 1, Close(), aspects={"": "7/10", "large": "3/10", "negative": 0})
    part.cases(some_cases)
    part.oracle(lambda x: x)

    @part.misconception(credit="1/10")
    def absolute(x: float) -> float:
        "No."
        return abs(x)

    assert found(assignment_of(q1=Task([part])), {"f": abs}) == {"q1.f": "misconception absolute 1"}


def test_weights_of_aspects_are_exact() -> None:
    """A third is a third, and an aspect without a weight earns nothing."""
    part = Code("f", 1, Close(), aspects={"": 1, "large": 2})
    part.cases(some_cases)
    part.oracle(lambda x: x)
    assert found(assignment_of(q1=Task([part])), {"f": lambda x: min(x, 1)}) == {"q1.f": "unexplained 1/3"}


def conventional() -> Assignment:
    """Two functions that share a convention."""
    parts = [Code(name, 1, Close()) for name in ("forward", "backward")]
    for part in parts:
        part.cases(some_cases)
        part.oracle(lambda x, *, sign: x if sign == "up" else -x)
    return assignment_of(q1=Task(parts, conventions={"sign": {"up": "up", "down": "down"}}))


def test_one_convention_holds_for_a_task() -> None:
    """Both parts under one convention are right, and the page can name it."""
    found_here = verdicts(conventional(), {"forward": lambda x: -x, "backward": lambda x: -x})
    assert [(v.finding, v.conventions) for v in found_here.values()] == [("right", {"sign": "down"})] * 2


def with_a_step_between() -> Assignment:
    """A last answer that is computed from one on which a convention bears, and does not itself ask for it."""
    first, last = Answer("first", 1, Value()), Answer("last", 1, Value())
    first.oracle(lambda scale: {"one": 2, "ten": 20}[scale])
    last.oracle(lambda first: int(np.ravel(first)[0]) + 1)
    return assignment_of(q1=Task([first, last], conventions={"scale": {"one": "one", "ten": "ten"}}))


@pytest.mark.parametrize(("first", "last"), [(2, 3), (20, 21)])
def test_a_convention_reaches_what_is_computed_from_earlier_answers(first: int, last: int) -> None:
    """Whoever keeps to a convention is right in the parts that take it over through an earlier answer, too."""
    answers = {"q1_first": first, "q1_last": last}
    assert found(with_a_step_between(), answers) == {"q1.first": "right 1", "q1.last": "right 1"}


def twice() -> Assignment:
    """Two functions with the same switches, which share a convention."""
    parts = []
    for name in ("first", "second"):
        part = Code(name, 2, Close(), slips=ADAM)
        part.cases(some_cases)

        @part.oracle
        def right(x: float, *, power: str | None, epsilon: str | None, sign: str) -> float:
            return step(x, power, epsilon, -1 if sign == "down" else 1)

        parts.append(part)
    return assignment_of(q1=Task(parts, conventions={"sign": {"up": "up", "down": "down"}}))


def test_a_combination_is_left_alone_only_where_it_cannot_serve_better(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every pair of right, mistaken and unexplained functions is marked as if all combinations were searched."""
    assignment = twice()
    functions: list[Any] = [
        lambda x, *setting: step(x, *setting),
        lambda x, *setting: abs(step(x, *setting)),
    ]
    ways = [
        (lambda x, f=f, setting=setting: f(x, *setting))
        for f in functions
        for setting in product((None, "late"), (None, "inside"), (1, -1))
    ]
    pairs = [{"first": one, "second": other} for one, other in product(ways, repeat=2)]
    judged: list[str] = []
    judge = Diagnosis.judge
    monkeypatch.setattr(Diagnosis, "judge", lambda self, *rest: judged.append("") or judge(self, *rest))
    quick, few = [marks(assignment, pair) for pair in pairs], len(judged)
    monkeypatch.setattr("grader.judge.marking._worth_judging", lambda diagnosis, parts, best: parts)
    assert quick == [marks(assignment, pair) for pair in pairs]
    assert few < len(judged) - few


def test_a_mixture_of_conventions_is_said() -> None:
    """A part that is right under another convention than the rest is not right, and hears why."""
    expected = {"q1.forward": "right 1", "q1.backward": f"unexplained {MIXED} 0"}
    assert found(conventional(), {"forward": lambda x: x, "backward": lambda x: -x}) == expected


def test_one_element_of_a_tuple_is_scored() -> None:
    """Each part has its own element; a result that is no tuple, or too short, loses only what is not there."""
    parts = [Code(name, 1, Close(), entry="f", element=n) for n, name in enumerate(("a", "b"))]
    for part in parts:
        part.cases(some_cases)
        part.oracle(lambda x: (x, 2 * x))
    exam = assignment_of(q1=Task(parts))
    assert found(exam, {"f": lambda x: (x, 2 * x)}) == {"q1.a": "right 1", "q1.b": "right 1"}
    assert found(exam, {"f": lambda x: [x, 3 * x, 4]}) == {"q1.a": "right 1", "q1.b": "unexplained 0"}
    assert found(exam, {"f": lambda x: (x,)}) == {"q1.a": "right 1", "q1.b": "unexplained 0"}
    assert found(exam, {"f": lambda x: x}) == {"q1.a": "unexplained 0", "q1.b": "unexplained 0"}


def chain() -> Assignment:
    """dz, then dW from it; another task takes dW over, in writing and in code."""
    dz, dW, later = Answer("dz", 1, Close()), Answer("dW", 1, Close()), Answer("later", 1, Close())
    code = Code("code", 1, Close())
    dz.oracle(lambda t: 2.0 * t)
    dW.oracle(lambda dz, x: dz * x)
    later.oracle(lambda q1_dW: q1_dW + 1)
    code.cases(some_cases)
    code.oracle(lambda x, *, dz: x * dz)

    @dW.misconception(credit="1/2")
    def minus(dz: float, x: float) -> float:
        "Minus."
        return -dz * x

    variants = {"t": tuple(range(1, 50)), "x": tuple(range(50, 99))}
    return assignment_of(q1=Task([dz, dW, code], variants), q2=Task([later]))


CHAIN = {
    "all right": (lambda dz, dW: (dz, dW, dz, dW + 1), ["right 1"] * 4),
    "followed": (
        lambda dz, dW: (7.0, 7 * dW / dz, 7.0, 7 * dW / dz + 1),
        ["unexplained 0", *["followed 1"] * 3],
    ),
    "followed and slipped": (
        lambda dz, dW: (7.0, -7 * dW / dz, 7.0, -7 * dW / dz + 1),
        ["unexplained 0", "misconception minus 1/2", "followed 1", "followed 1"],
    ),
    "right in spite of it": (lambda dz, dW: (7.0, dW, dz, dW + 1), ["unexplained 0", *["right 1"] * 3]),
    "text": (lambda dz, dW: ("a", dW, dz, dW + 1), ["unexplained 0", *["right 1"] * 3]),
}


@pytest.mark.parametrize(("answers", "expected"), CHAIN.values(), ids=CHAIN)
def test_later_answers_follow_earlier_ones(answers: Any, expected: list[str]) -> None:
    """What is right given one's own wrong answer is right, within a task, in code, and between tasks."""
    exam = chain()
    hand = deal(exam, "a")["q1"]
    dz = 2.0 * hand["t"]
    own = answers(dz, dz * hand["x"])
    handed = {"q1_dz": own[0], "q1_dW": own[1], "code": lambda x: x * own[2], "q2_later": own[3]}
    assert list(found(exam, handed, "a").values()) == expected


def test_following_is_named() -> None:
    """The verdict says whose own answer was used."""
    exam = chain()
    hand = deal(exam, "a")["q1"]
    assert verdicts(exam, {"q1_dz": 7.0, "q1_dW": 7.0 * hand["x"]}, "a")["q1.dW"].follows == ("q1.dz",)


def test_hostile_earlier_answers_follow_nowhere() -> None:
    """Infinite, huge, deep and shapeless values are fed to an oracle without harm to other marks."""
    deep: Any = 1.0
    for _ in range(30):
        deep = [deep]
    exam = chain()
    hand = deal(exam, "a")["q1"]
    for value in (
        float("nan"),
        float("inf"),
        10**3000,
        deep,
        [],
        {float("nan"): 1},
        "x" * 10**6,
        [[1.0], [1.0, 2.0]],
    ):
        handed = {
            "q1_dz": value,
            "q1_dW": 2.0 * hand["t"] * hand["x"],
            "code": lambda x: None,
            "q2_later": value,
        }
        lines = found(exam, handed, "a")
        assert lines["q1.dW"] == "right 1"
        assert len(lines) == 4


def test_a_slip_is_taken_over() -> None:
    """Whoever goes backward through the forward pass that they wrote is not charged twice."""
    forward = Code("forward", 1, Close(), slips={"flip": {None: None, True: Slip("1/2", "flipped")}})
    backward = Code(
        "backward", 1, Close(), slips={"flip": {None: None, True: Slip(0, "flipped")}}, continues=forward
    )
    for part in (forward, backward):
        part.cases(some_cases)
        part.oracle(lambda x, *, flip: -x if flip else x)
    exam = assignment_of(q1=Task([forward, backward]))
    expected = {"q1.forward": "misconception flip 1/2", "q1.backward": "followed 1"}
    assert found(exam, {"forward": lambda x: -x, "backward": lambda x: -x}) == expected
    expected = {"q1.forward": "right 1", "q1.backward": "misconception flip 0"}
    assert found(exam, {"forward": lambda x: x, "backward": lambda x: -x}) == expected


def written(compare: Any) -> Assignment:
    """Two tasks with an answer each; the first has the given comparator."""
    tasks = {}
    for name, comparator in (("q1", compare), ("q2", Close())):
        part = Answer("a", 1, comparator)
        part.oracle(lambda: 1.0)
        tasks[name] = Task([part])
    return assignment_of(**tasks)


def test_what_a_machine_cannot_decide_awaits_a_person() -> None:
    """An undecided comparison is neither right nor wrong."""
    exam = written(lambda expected, actual: Difference("undecided"))
    first, second = marks(exam, {"q1_a": 1.0, "q2_a": 1.0})
    assert (first.points, first.reason, first.verdicts[0].finding) == (None, "undecided", "undecided")
    assert second.points == 1


def test_a_comparator_that_fails_withholds_its_task_only() -> None:
    """Our fault in one task costs nothing in another."""
    first, second = marks(written(lambda expected, actual: 1 / 0), {"q1_a": 1.0, "q2_a": 1.0})
    assert (first.points, first.reason) == (None, "ZeroDivisionError: division by zero")
    assert second.points == 1


def test_an_oracle_that_fails_withholds_its_task_only() -> None:
    """A wrong answer to a question that has no right one is no zero."""
    exam = written(Close())
    exam.tasks["q1"].parts[0].oracle(lambda: 1 / 0)
    first, second = marks(exam, {"q1_a": 5.0, "q2_a": 1.0})
    assert (first.points, second.points) == (None, 1)
    assert "the oracle of q1.a failed" in first.reason


def test_an_oracle_may_change_its_arguments() -> None:
    """What is done to a case or to a dealt value in place reaches neither the next part nor the next student."""
    part = Code("f", 1, Close())
    part.cases(lambda rng: [case(np.arange(3.0))])

    @part.oracle
    def right(x: np.ndarray, *, shift: list[float]) -> np.ndarray:
        x += shift[0]
        shift[0] += 1
        return x

    exam = assignment_of(q1=Task([part], {"shift": ([5.0],)}))
    expectations = Expectations(exam)
    for student in ("a", "b"):
        observed = played(exam, {"f": lambda x: np.arange(5.0, 8)}, student)
        (mark,) = mark_student(expectations, deal(exam, student), observed)
        assert mark.points == 1


def noisy(spread: Any) -> Mapping[str, str]:
    """The finding for an answer that is off by `spread` where the oracle cancels nearly everything."""
    part = Code("f", 1, Close())
    part.cases(lambda rng: [case(np.array([1e8 + 1, 1e8]))])
    part.oracle(lambda x: x[0] ** 2 - x[1] ** 2)
    return found(assignment_of(q1=Task([part])), {"f": lambda x: x[0] ** 2 - x[1] ** 2 + spread})


def test_tolerance_comes_from_the_problem() -> None:
    """Where the inputs' rounding moves the right answer, an answer may be off as much; not more."""
    assert noisy(10.0) == {"q1.f": "right 1"}
    assert noisy(1e6) == {"q1.f": "unexplained 0"}


@pytest.mark.parametrize("value", [(1.0, [2.0]), {"a": 1.0}, "text", None, (np.inf, np.nan)])
def test_noise_of_any_result_is_harmless(value: Any) -> None:
    """An oracle that returns something other than numbers, or more of them for other inputs, has no noise."""
    part = Code("f", 1, lambda expected, actual: None)
    part.cases(lambda rng: [case(1.0)])
    part.oracle(lambda x: [x] * 2 if x > 1 else value)
    assert found(assignment_of(q1=Task([part])), {"f": lambda x: 1}) == {"q1.f": "right 1"}


def test_only_what_was_posed_is_judged() -> None:
    """A check poses public cases; parts without any are left out."""
    exam = steps()
    observed = played(exam, {"step": lambda x: x}, public_only=True)
    (mark,) = mark_student(Expectations(exam), deal(exam, "somebody"), observed)
    assert (mark.points, len(mark.verdicts)) == (Fraction(2), 1)
    (mark,) = mark_student(Expectations(exam), deal(exam, "somebody"), {})
    assert (mark.points, mark.verdicts) == (0, ())


class SlowComparator:
    """Stands for one that takes long over long answers, and counts what it was given."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Right is what begins alike."""
        self.lengths.append(len(actual))
        return None if actual[: len(expected)] == expected else Difference("value")


def test_an_endless_answer_keeps_nobody_waiting() -> None:
    """It is compared with no reading at all, and told to be too long; one as long as the right one is compared."""
    compare = SlowComparator()
    part = Answer("a", 1, compare)
    part.oracle(lambda: "x" * 10)
    exam = assignment_of(q1=Task([part]))
    verdict = verdicts(exam, {"q1_a": "x" * 10**5})["q1.a"]
    assert verdict.difference is not None
    assert (verdict.finding, verdict.difference.detail["wanted"], compare.lengths) == (
        "unexplained",
        "too_long",
        [],
    )
    part.oracle(lambda: "x" * 10**5)
    assert found(assignment_of(q1=Task([part])), {"q1_a": "x" * 10**5 + "y"}) == {"q1.a": "right 1"}


def test_a_choice_that_is_right_in_part_earns_its_share() -> None:
    """Two of three chosen, and a known wrong turn that pays less than what is right in it."""
    which = Answer("which", 3, Choice(tuple("1234"), several=True, partial=True))
    which.oracle(lambda: ["1", "2", "3"])

    @which.misconception()
    def forgets_the_third() -> list[str]:
        """The third."""
        return ["1", "2"]

    exam = assignment_of(q1=Task(parts=[which]))
    assert found(exam, {"q1_which": "1"}) == {"q1.which": "unexplained 1"}
    assert found(exam, {"q1_which": "2 1"}) == {"q1.which": "misconception forgets_the_third 2"}
    assert found(exam, {"q1_which": "4"}) == {"q1.which": "unexplained 0"}
