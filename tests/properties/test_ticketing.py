"""Properties of dealing: even, apart, reproducible, and never the same again."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.judge.ticketing import deal_questions, shared, unevenness

Tickets = dict[str, tuple[str, ...]]


def names(prefix: str, count: int) -> list[str]:
    """`q1`, `q2`, …"""
    return [f"{prefix}{number}" for number in range(1, count + 1)]


@settings(deadline=None)
@given(st.integers(1, 24), st.integers(0, 60), st.data())
def test_everyone_gets_so_many_and_each_is_asked_as_often(
    questions: int, students: int, data: st.DataObject
) -> None:
    """As many different questions for everyone; no question is asked more than once oftener than another."""
    choose = data.draw(st.integers(0, questions))
    seed = data.draw(st.text(max_size=3))
    tickets = deal_questions(names("q", questions), choose, names("s", students), seed, {})
    assert list(tickets) == names("s", students)
    assert all(len(set(held)) == len(held) == choose for held in tickets.values())
    assert unevenness(tickets, names("q", questions)) <= 1


@settings(deadline=None)
@given(st.integers(1, 5), st.integers(0, 10), st.integers(0, 60), st.integers(0, 99))
def test_neighbours_share_nothing_where_there_are_enough(
    choose: int, more: int, students: int, seed: int
) -> None:
    """With twice as many questions as stand on a ticket, no two neighbours have one in common."""
    tickets = deal_questions(names("q", 2 * choose + more), choose, names("s", students), str(seed), {})
    assert shared(tickets) == 0


@settings(deadline=None)
@given(st.integers(2, 6), st.integers(2, 40), st.integers(0, 99))
def test_neighbours_differ_where_they_must_share(choose: int, students: int, seed: int) -> None:
    """With one question more than stand on a ticket, neighbours have different tickets all the same."""
    tickets = deal_questions(names("q", choose + 1), choose, names("s", students), str(seed), {})
    assert all(one != other for one, other in pairwise(tickets.values()))


@settings(deadline=None)
@given(st.integers(4, 12), st.integers(2, 40), st.randoms(use_true_random=False))
def test_nobody_is_asked_again(questions: int, students: int, rng: random.Random) -> None:
    """Hour after hour, until all questions are used up: never the same to the same student, and always even."""
    pool, people = names("q", questions), names("s", students)
    had: dict[str, set[str]] = {student: set() for student in people}
    for hour in range(questions // 2):
        tickets = deal_questions(pool, 2, people, str(hour), had)
        for student, held in tickets.items():
            assert not had[student] & set(held)
            had[student] |= set(held)
        if hour < questions // 4:  # later on what is left may leave no even way
            assert unevenness(tickets, pool) <= 1
        rng.shuffle(people)
    if questions % 2 == 0:
        with pytest.raises(ValueError, match="fewer than 2"):
            deal_questions(pool, 2, people, "again", had)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 5), st.integers(1, 6), st.data())
def test_it_is_as_even_as_what_was_asked_before_allows(
    questions: int, students: int, data: st.DataObject
) -> None:
    """No ticket out of all that could be dealt is more even, found by trying all."""
    pool, people = names("q", questions), names("s", students)
    had = {s: data.draw(st.sets(st.sampled_from(pool), max_size=questions - 1)) for s in people}
    tickets = deal_questions(pool, 1, people, data.draw(st.text(max_size=2)), had)
    best = min(_spreads(pool, [[q for q in pool if q not in had[s]] for s in people]))
    assert unevenness(tickets, pool) == best


def _spreads(pool: list[str], allowed: list[list[str]]) -> set[int]:
    """How uneven each of all ways to deal one question is."""
    ways: set[tuple[int, ...]] = {(0,) * len(pool)}
    for free in allowed:
        ways = {
            tuple(uses + (question == other) for uses, other in zip(way, pool, strict=True))
            for way in ways
            for question in free
        }
    return {max(way) - min(way) for way in ways}


def test_another_seed_deals_others() -> None:
    """The seed decides, and nothing else."""
    pool, people = names("q", 21), names("s", 50)
    one, again, other = (deal_questions(pool, 2, people, seed, {}) for seed in ("a", "a", "b"))
    assert one == again
    assert one != other
    assert len(set(one.values())) > 30, "a pack is shuffled, not counted off"


def test_it_is_the_same_in_every_process() -> None:
    """Nothing hangs on the order in which Python keeps sets."""
    program = (
        "from grader.judge.ticketing import deal_questions as d;"
        "print(d([f'q{n}' for n in range(9)], 2, [f's{n}' for n in range(30)], 'x', {'s3': {'q1', 'q2', 'q5'}}))"
    )
    root = Path(__file__).resolve().parents[2]
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": str(seed)},
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (1, 2, 3)
    }
    assert len(said) == 1


def test_a_large_class_is_dealt_evenly() -> None:
    """Five hundred students after two earlier hours: even, apart, nothing asked again."""
    pool, people = names("q", 21), names("s", 500)
    had: dict[str, set[str]] = {student: set() for student in people}
    for hour in ("spring", "summer", "autumn"):
        tickets = deal_questions(pool, 2, people, hour, had)
        assert (unevenness(tickets, pool), shared(tickets)) == (1, 0)
        assert not any(had[student] & set(held) for student, held in tickets.items())
        for student, held in tickets.items():
            had[student] |= set(held)
    assert max(Counter(len(asked) for asked in had.values())) == 6
