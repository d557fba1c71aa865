"""Dealing: variants per student and the cases to pose, reproducible from the assignment's seed."""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterable, Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from typing import Any

import numpy as np

from grader.author.assignment import Assignment
from grader.author.parts import Answer, Case, Code, Part
from grader.author.readings import wanted_names
from grader.author.tasks import Task
from grader.model.job import Call, Read

MOST_CASES = 1000
_NO_ARGUMENTS = (Case(()),)
Hand = Mapping[str, Mapping[str, Any]]
"""What one student was dealt: task → parameter → value."""


class Dealt(Mapping[str, Mapping[str, Any]]):
    """The hand of one student; a task is dealt when it is looked at, as few are asked of many there are."""

    def __init__(self, assignment: Assignment, student: str) -> None:
        self._assignment, self._student = assignment, student
        self._variants: dict[str, Mapping[str, Any]] = {}

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        if name not in self._variants:
            task = self._assignment.tasks[name]
            self._variants[name] = deal_task(self._assignment, task, self._student)
        return self._variants[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._assignment.tasks)

    def __len__(self) -> int:
        return len(self._assignment.tasks)


def seed_of(*words: str) -> int:
    """A seed that depends on every word and on their order; 64 bits."""
    digest = sha256()
    for word in words:
        digest.update(len(word.encode()).to_bytes(4, "big") + word.encode())
    return int.from_bytes(digest.digest()[:8], "big")


def deal(assignment: Assignment, student: str) -> Hand:
    """What `student` is dealt; the last hands are kept. Looking at a task raises what its author's function does."""
    return _deal(assignment, assignment.fingerprint, student)


@lru_cache(maxsize=64)
def _deal(assignment: Assignment, fingerprint: str, student: str) -> Hand:
    return Dealt(assignment, student)


def deal_task(assignment: Assignment, task: Task, student: str) -> dict[str, Any]:
    """Deal one task to `student`. Raises whatever its author's function raises."""
    return task.deal(random.Random(seed_of(assignment.decisions.seed, assignment.name, task.name, student)))


def cases_of(assignment: Assignment, task: Task, part: Part, variant: Mapping[str, Any]) -> tuple[Case, ...]:
    """The cases of `part`, simplest first; an answer has the one case that has no arguments.

    Raises whatever the author's function raises, `ValueError` for no cases or too many, and `TypeError`.
    """
    if not isinstance(part, Code):
        return _NO_ARGUMENTS
    assert part.pose is not None, "the loader refuses a function without cases"
    used = {name: variant[name] for name in wanted_names(part.pose)[0][1:] if name in variant}
    return _cases(part.pose, _seed_of_cases(assignment, task, part), looks(used), _Kept(used))


@lru_cache(maxsize=4096)
def _seed_of_cases(assignment: Assignment, task: Task, part: Code) -> int:
    """The same for every student, as cases differ by what is dealt only."""
    return seed_of(assignment.decisions.seed, assignment.name, task.name, posing_part(task, part).name)


def looks(value: Any) -> Hashable:
    """What a value looks like, to the last digit: equal for values that no function can tell apart.

    `repr` would not do, as it leaves out digits and the middle of long arrays.
    """
    kind = type(value)
    if kind in _EXACT:
        return kind, value
    if kind is float:
        return kind, repr(value)  # 0.0 and -0.0 are equal, and no NaN is equal to itself
    if isinstance(value, (list, tuple)):
        kinds = set(map(type, value))
        if len(kinds) == 1 and kinds <= _EXACT:
            return kind, kinds.pop(), tuple(value)
        return kind, tuple(map(looks, value))
    if isinstance(value, np.ndarray) and value.dtype != object:
        return kind, value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, np.ndarray):
        return np.ndarray, value.shape, looks(value.ravel().tolist())
    if isinstance(value, Mapping):
        return kind, tuple((looks(key), looks(item)) for key, item in value.items())
    return kind, repr(value)


_EXACT = frozenset({int, str, bool, type(None)})


class _Kept(dict[str, Any]):
    """Variant parameters that ride along with a cache key without being part of it."""

    def __hash__(self) -> int:  # type: ignore[override] # the key beside it tells them apart
        return 0

    def __eq__(self, other: object) -> bool:
        return True


@lru_cache(maxsize=512)
def _cases(pose: Any, seed: int, key: Hashable, used: _Kept) -> tuple[Case, ...]:
    cases = tuple(islice(pose(np.random.default_rng(seed), **deepcopy(dict(used))), MOST_CASES + 1))
    if not 0 < len(cases) <= MOST_CASES:
        raise ValueError(f"{'no cases' if not cases else f'more than {MOST_CASES} cases'} are posed")
    for case in cases:
        if not isinstance(case, Case):
            raise TypeError(
                f"a case is made by case(…), and this is of type {type(case).__name__}: {case!r:.80}"
            )
    return cases


@lru_cache(maxsize=4096)
def posing_part(task: Task, part: Code) -> Code:
    """The first part of `task` that poses the same cases to the same function: it poses for both."""
    for other in task.parts:
        if isinstance(other, Code) and other.entry == part.entry and other.pose is part.pose:
            return other
    return part


@lru_cache(maxsize=1 << 14)
def call_key(task: Task, part: Part, number: int) -> str:
    """How observations of a case are keyed: `q13/conv2d/0`."""
    owner = posing_part(task, part) if isinstance(part, Code) else part
    return f"{task.name}/{owner.name}/{number}"


def calls_of(
    assignment: Assignment, hand: Hand, public_only: bool = False, asked: Iterable[Task] | None = None
) -> tuple[Call | Read, ...]:
    """What to pose to a student who was dealt `hand` and is `asked` these tasks (or all), each input once."""
    calls: dict[str, Call | Read] = {}
    for task in assignment.tasks.values() if asked is None else asked:
        variant = hand[task.name]  # also where nothing is posed: who cannot be dealt a task cannot be marked
        for part in task.parts:
            if isinstance(part, Answer):
                read = _read(task, part)
                calls[read.key] = read
            elif isinstance(part, Code):
                for number, case in enumerate(cases_of(assignment, task, part, variant)):
                    key = call_key(task, part, number)
                    if case.public or not public_only:
                        calls.setdefault(key, Call(key, part.entry, case.arguments))
    return tuple(calls.values())


@lru_cache(maxsize=4096)
def _read(task: Task, part: Answer) -> Read:
    return Read(call_key(task, part, 0), task.answer_names(part))
