"""Dealing is reproducible, balanced and independent of what else is dealt."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.author import Answer, Case, Code, Task, case
from grader.author.wording import Matrix, Phrase
from grader.comparators.close import Close
from grader.judge.dealing import calls_of, cases_of, deal, looks, seed_of
from grader.model.job import Call, Read
from tests.unit.judge.played import assignment_of


def numbers_task(pose: object = None, **variants: object) -> Task:
    """A task with one function."""
    double = Code("double", 1, Close())
    double.oracle(lambda x: 2 * x)
    double.cases(pose or (lambda rng: [case(float(rng.normal())) for _ in range(3)]))
    return Task([double], variants)


def test_a_hand_is_known_for_ever() -> None:
    """The same seed, assignment, task and student give these very values, on every machine and version."""
    exam = assignment_of(q1=numbers_task(unit=tuple(range(1000))))
    assert [deal(exam, student)["q1"]["unit"] for student in ("a", "b", "ё")] == [294, 793, 140]


def test_the_seed_deals_anew() -> None:
    """Another seed of the assignment gives other hands."""
    exams = [assignment_of(seed, q1=numbers_task(unit=tuple(range(1000)))) for seed in ("1", "2")]
    assert deal(exams[0], "a") != deal(exams[1], "a")


def test_other_tasks_change_no_hand() -> None:
    """A task that is added or moved leaves what was dealt for the others."""
    one, two = numbers_task(unit=tuple(range(1000))), numbers_task(unit=tuple(range(1000)))
    alone = deal(assignment_of(q1=one), "a")["q1"]
    assert deal(assignment_of(q0=two, q1=one), "a")["q1"] == alone


def test_hands_are_balanced() -> None:
    """Of a thousand students about a quarter get each of four values (five standard deviations)."""
    exam = assignment_of(q1=numbers_task(unit=("a", "b", "c", "d")))
    counts = Counter(deal(exam, f"student-{n}")["q1"]["unit"] for n in range(1000))
    assert all(abs(count - 250) < 5 * (1000 * 3 / 16) ** 0.5 for count in counts.values())
    assert len(counts) == 4


@given(st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=3))
def test_seeds_tell_words_apart(one: list[str], other: list[str]) -> None:
    """Words do not run together: ("ab", "c") is another seed than ("a", "bc")."""
    assert (seed_of(*one) == seed_of(*other)) == (one == other)


def test_cases_are_the_same_for_everyone_with_the_same_numbers() -> None:
    """The random stream of a part depends on the assignment, not on the student."""
    exam = assignment_of(q1=numbers_task())
    task = exam.tasks["q1"]
    hands = [deal(exam, student)["q1"] for student in ("a", "b")]
    assert cases_of(exam, task, task.parts[0], hands[0]) == cases_of(exam, task, task.parts[0], hands[1])


ARRAYS = arrays.arrays(np.float64, st.integers(0, 3), elements=st.floats(0, 1))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.floats() | st.text(max_size=2) | ARRAYS,
    lambda inner: st.lists(inner, max_size=2) | st.lists(inner, max_size=2).map(tuple),
    max_leaves=4,
)


@given(VALUES, VALUES)
def test_what_looks_alike_is_alike(one: object, other: object) -> None:
    """Values of one look have one `repr` to the last digit, so no cache confuses two variants."""
    with np.printoptions(floatmode="unique", threshold=10**6):
        alike = repr(one) == repr(other) and type(one) is type(other)
    if looks(one) == looks(other):
        assert alike


def test_long_and_nearly_equal_arrays_look_different() -> None:
    """`repr` shortens arrays: these two it cannot tell apart."""
    long = np.zeros(2000)
    other = long.copy()
    other[1000] = 1
    near = np.array([0.1]), np.array([0.1 + 1e-12])
    assert looks(long) != looks(other)
    assert looks(near[0]) != looks(near[1])


def test_cases_of_two_variants_stay_apart() -> None:
    """Cases that depend on a dealt array are made for every array, however alike the arrays print."""
    values = [np.array([0.1]), np.array([0.1 + 1e-12])]
    exam = assignment_of(q1=numbers_task(lambda rng, unit: [case(unit)], unit=values))
    task = exam.tasks["q1"]
    posed = [cases_of(exam, task, task.parts[0], {"unit": value})[0].arguments[0][0] for value in values]
    assert posed == [value[0] for value in values]


def test_cases_of_two_assignments_stay_apart() -> None:
    """A task that is posed with two seeds has cases of its own under each, in whatever order they are asked for."""
    task = numbers_task()
    exams = [assignment_of(seed, q1=task) for seed in ("1", "2")]
    posed = [cases_of(exam, task, task.parts[0], {})[0].arguments for exam in (*exams, *exams)]
    assert posed[:2] == posed[2:] and posed[0] != posed[1]


def test_zeros_and_kinds_look_different() -> None:
    """Equal values of which a function can tell one from the other."""
    for equal in ((0.0, -0.0), (1, 1.0, True), ("1", Phrase("1")), (((1,),), Matrix([[1]]), [[1]])):
        assert len(set(map(looks, equal))) == len(equal)
    assert looks(float("nan")) == looks(float("nan"))


@pytest.mark.parametrize(
    ("cases", "error"),
    [([], ValueError), ([case(1)] * 1001, ValueError), ([1], TypeError), ([None], TypeError)],
)
def test_cases_that_are_none_are_refused(cases: list[Case], error: type[Exception]) -> None:
    """No cases, too many, or something else: whoever is marked by them is not to blame."""
    exam = assignment_of(q1=numbers_task(lambda rng: cases))
    with pytest.raises(error):
        calls_of(exam, deal(exam, "a"))


def test_each_input_is_posed_once() -> None:
    """Two parts that score one function with the same cases share its calls; answers are read, not called."""
    first, second = (
        Code("dW", 1, Close(), entry="backward", element=0),
        Code("db", 1, Close(), entry="backward", element=1),
    )
    value = Answer("value", 1, Close())

    @first.cases
    @second.cases
    def cases(rng: np.random.Generator) -> list[Case]:
        return [case(1.0, public=True), case(2.0)]

    exam = assignment_of(q1=Task([first, second, value]))
    reading = Read(
        "q1/value/0", (("q1_value",), ("q1", "value"), ("Q1_value",), ("Q1", "value"), ("q1",), ("Q1",))
    )
    calls = (Call("q1/dW/0", "backward", (1.0,)), Call("q1/dW/1", "backward", (2.0,)), reading)
    assert calls_of(exam, deal(exam, "a")) == calls
    assert calls_of(exam, deal(exam, "a"), public_only=True) == (calls[0], reading)
