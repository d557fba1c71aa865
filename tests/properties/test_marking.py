"""What holds for every student of every class."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.author import Answer, Case, Code, Slip, Task, case
from grader.author.assignment import Assignment
from grader.comparators.close import Close
from grader.guest import plain
from grader.judge.dealing import deal
from grader.judge.expecting import Expectations
from grader.judge.marking import mark_student
from grader.ledger.record import pack, unpack
from grader.model.gradebook import Record, Student
from grader.model.observation import Observation
from grader.model.verdict import Mark
from tests.unit.judge.played import assignment_of, played, returned

SHIFTS = [np.array([0.1]), np.array([0.1 + 1e-9]), np.array([5.0])]
OUTCOMES = ("raised", "timed_out", "out_of_memory", "crashed", "missing", "unsupported", "faulted")


def class_test() -> Assignment:
    """Two tasks: numbers and arrays are dealt, switches, aspects, earlier answers within and between tasks."""
    base, total = Answer("base", "1/3", Close()), Answer("total", "2/3", Close())
    code = Code(
        "code",
        2,
        Close(),
        aspects={"": 1, "far": "1/2"},
        slips={"lost": {None: None, True: Slip("1/2", "l")}},
    )
    follows = Code("follows", 1, Close())
    later = Answer("later", 3, Close())
    base.oracle(lambda t, shift: t + shift[0])
    total.oracle(lambda base, x, sign: sign * base * x)
    later.oracle(lambda q1_total: q1_total - 1)

    @code.cases
    @follows.cases
    def cases(rng: np.random.Generator, shift: Any) -> list[Case]:
        return [case(shift), case(shift * 3 + rng.normal(), aspect="far")]

    @code.oracle
    def right(y: Any, *, sign: int, lost: bool | None) -> Any:
        return y if lost else sign * y

    @code.misconception(credit="9/10")
    def squared(y: Any) -> Any:
        "You squared it."
        return y * y

    follows.oracle(lambda y, *, base: base * y)
    variants = {"t": (1, 2, 3), "x": (2, 3, 4), "shift": SHIFTS}
    conventions = {"sign": {1: "plus", -1: "minus"}}
    return assignment_of(q1=Task([base, total, code, follows], variants, conventions), q2=Task([later]))


EXAM = class_test()
STUDENTS = st.sampled_from([f"student-{n}" for n in range(40)])
NUMBERS = st.floats() | st.integers() | st.sampled_from([0, 1.0, -1.0, 2.0])
VALUES = st.recursive(
    NUMBERS | st.none() | st.booleans() | st.text(max_size=3) | st.complex_numbers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NUMBERS, inner, max_size=2),
    max_leaves=6,
)
FUNCTIONS = st.sampled_from(
    [
        lambda y: y,
        lambda y: -y,
        lambda y: y * y,
        lambda y: 2 * y,
        lambda y: 0 * y,
        lambda y: 1 / 0,
        lambda y: y[0],
    ]
)
ANYTHING = VALUES.filter(lambda value: _crosses(value)) | st.sampled_from([Observation(o) for o in OUTCOMES])
HANDED = st.fixed_dictionaries(
    {},
    optional={
        "q1_base": ANYTHING,
        "q1_total": ANYTHING,
        "q2_later": ANYTHING,
        "code": FUNCTIONS | ANYTHING,
        "follows": FUNCTIONS | ANYTHING,
    },
)


def _crosses(value: Any) -> bool:
    try:
        plain.dumps(value)
    except plain.Unsupported:
        return False
    return True


def judged(expectations: Expectations, handed: dict[str, Any], student: str) -> tuple[Mark, ...]:
    """The marks of a student."""
    return mark_student(expectations, deal(EXAM, student), played(EXAM, handed, student))


def right_answers(student: str, sign: int) -> dict[str, Any]:
    """What somebody who knows everything hands in."""
    hand = deal(EXAM, student)["q1"]
    base = hand["t"] + hand["shift"][0]
    total = sign * base * hand["x"]
    later = base * hand["x"] - 1
    return {
        "q1_base": base,
        "q1_total": total,
        "q2_later": later,
        "code": lambda y: sign * y,
        "follows": lambda y: base * y,
    }


@given(HANDED, STUDENTS)
@settings(deadline=None)
def test_marks_stay_within_their_points(handed: dict[str, Any], student: str) -> None:
    """No answer whatever earns less than nothing or more than there is; what is withheld has a reason."""
    for mark in judged(Expectations(EXAM), handed, student):
        if mark.points is None:
            assert mark.reason == "fault"
        else:
            assert 0 <= mark.points <= mark.possible
            assert mark.points == sum((verdict.points for verdict in mark.verdicts), Fraction(0))
        for verdict in mark.verdicts:
            assert 0 <= verdict.points <= verdict.possible


@given(STUDENTS, st.sampled_from([1, -1]))
@settings(deadline=None)
def test_right_answers_have_all_points(student: str, sign: int) -> None:
    """Whoever is right under one convention has every point."""
    marks = judged(Expectations(EXAM), right_answers(student, sign), student)
    assert [mark.points for mark in marks] == [mark.possible for mark in marks]


@given(HANDED, STUDENTS)
@settings(deadline=None)
def test_judging_again_finds_the_same(handed: dict[str, Any], student: str) -> None:
    """From the ledger's bytes the same verdicts come out, by the same engine and by one started anew."""
    expectations = Expectations(EXAM)
    observed = played(EXAM, handed, student)
    marks = mark_student(expectations, deal(EXAM, student), observed)
    kept = unpack(pack(Record(Student(student), "marked", marks, (), observed)))
    assert kept.marks == marks
    for engine in (expectations, Expectations(EXAM)):
        assert mark_student(engine, deal(EXAM, student), kept.observations) == marks


@given(st.lists(st.tuples(STUDENTS, HANDED), max_size=6), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_students_is_irrelevant(handed: list[tuple[str, dict[str, Any]]], random: Any) -> None:
    """Nobody's mark depends on who was judged before: no cache leaks from one hand into another."""
    alone = {
        number: judged(Expectations(EXAM), work, student) for number, (student, work) in enumerate(handed)
    }
    order = list(enumerate(handed))
    random.shuffle(order)
    together = Expectations(EXAM)
    for number, (student, work) in order:
        assert judged(together, work, student) == alone[number]


def test_right_answers_of_a_whole_class_through_one_engine() -> None:
    """One engine judges a class with other numbers each, and finds everybody right."""
    engine = Expectations(EXAM)
    for number in range(60):
        student = f"student-{number}"
        marks = judged(engine, right_answers(student, 1), student)
        assert [mark.points for mark in marks] == [mark.possible for mark in marks]


def test_a_value_of_many_megabytes_is_judged() -> None:
    """Long texts, long lists and wide integers are wrong, and no more."""
    for value in ("9" * 10**6, [0.5] * 10**5, 10**3000, {n: n for n in range(10**4)}):
        marks = mark_student(Expectations(EXAM), deal(EXAM, "a"), {"q1/base/0": returned(value)})
        assert [verdict.finding for verdict in marks[0].verdicts] == ["unexplained"]
