"""Inputs that tell two ways to answer apart, found by Hypothesis.

Inputs come from the author's own generator under other seeds, and from posed cases whose entries and sizes are
drawn anew; axes that have the same size in every posed case keep a size in common.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException, NoSuchExample

from grader.author.parts import Case, Code, Part
from grader.author.readings import Reading, evaluate
from grader.judge.dealing import Hand, looks, seed_of
from grader.judge.expecting import RAISED
from grader.proofreaders._galley import Galley
from grader.proofreaders._source import source_of_case

LARGEST_SIZE = 5
LARGEST_ENTRY = 6
Answers = Callable[[tuple[Any, ...]], Any]
"""Arguments → answer, or `RAISED`."""


def telling_case(galley: Galley, part: Part, hand: Hand, one: Reading, other: Reading) -> str:
    """Source of a case to which two readings answer differently, the simplest found; empty where none is."""
    if not isinstance(part, Code):
        return ""
    return found_case(
        galley, part, hand, answers(galley, part, one, hand), answers(galley, part, other, hand)
    )


def answers(galley: Galley, part: Part, reading: Reading, hand: Hand) -> Answers:
    """How `reading` answers to any arguments."""
    context = galley.context(part, reading, hand)

    def answer(arguments: tuple[Any, ...]) -> Any:
        try:
            with np.errstate(all="ignore"):
                return evaluate(part, reading, arguments, context)
        except Exception:  # noqa: BLE001 - a wrong turn may raise anything
            return RAISED

    return answer


def found_case(
    galley: Galley, part: Code, hand: Hand, one: Answers, other: Answers, crashes: bool = False
) -> str:
    """Source of a case to which `one` and `other` answer differently; empty where none is found.

    `crashes` counts it as a difference that `other` raises.
    """

    def apart(case: Case) -> bool:
        first, second = one(case.arguments), other(case.arguments)
        if first is RAISED or second is RAISED:
            return crashes and first is not RAISED
        return differ(part, first, second)

    strategy = inputs(galley, part, hand)
    profile = settings(
        max_examples=galley.depth.examples,
        database=None,
        derandomize=True,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    stream = random.Random(seed_of(galley.seed, galley.task.name, part.name))
    try:
        return source_of_case(find(strategy, apart, settings=profile, random=stream))
    except (NoSuchExample, HypothesisException):
        return ""


def differ(part: Part, expected: Any, actual: Any) -> bool:
    """Whether the comparator of `part` tells two answers apart."""
    if looks(expected) == looks(actual):
        return False
    element = getattr(part, "element", None)
    if element is not None:
        if not isinstance(actual, (tuple, list)) or len(actual) <= element:
            return True
        expected, actual = expected[element], actual[element]
    return part.compare(expected, actual) is not None


def inputs(galley: Galley, part: Code, hand: Hand) -> st.SearchStrategy[Case]:
    """Cases like those that the author poses."""
    posed = galley.cases(part, hand)
    return st.one_of(_altered(posed), _posed_again(galley, part, hand))


def _posed_again(galley: Galley, part: Code, hand: Hand) -> st.SearchStrategy[Case]:
    seeds = st.integers(0, 1 << 16)
    return seeds.flatmap(lambda seed: st.sampled_from(galley.posed_anew(part, hand, seed)))


def _altered(posed: tuple[Case, ...]) -> st.SearchStrategy[Case]:
    sizes = _shared_sizes(posed)

    @st.composite
    def case(draw: st.DrawFn) -> Case:
        model = draw(st.sampled_from(posed))
        drawn: dict[Any, int] = {}
        resize = draw(st.booleans())
        arguments = []
        for place, argument in enumerate(model.arguments):
            if isinstance(argument, np.ndarray) and argument.dtype.kind in "biuf":
                shape = argument.shape
                if resize:
                    keys = [sizes.get((place, axis)) for axis in range(argument.ndim)]
                    for key in keys:
                        if key is not None and key not in drawn:
                            drawn[key] = draw(st.integers(1, LARGEST_SIZE))
                    shape = tuple(n if k is None else drawn[k] for n, k in zip(shape, keys, strict=True))
                arguments.append(draw(_array(argument, shape)))
            else:
                arguments.append(draw(_like(argument, [c.arguments[place] for c in _alike(posed, model)])))
        return Case(tuple(arguments), model.aspect)

    return case()


def _alike(posed: tuple[Case, ...], model: Case) -> list[Case]:
    return [case for case in posed if len(case.arguments) == len(model.arguments)]


def _shared_sizes(posed: tuple[Case, ...]) -> dict[tuple[int, int], Any]:
    """(argument, axis) → a key that axes share whose sizes agree in every case; none where it is always 1."""
    found: dict[tuple[int, int], Any] = {}
    model = posed[0].arguments
    for place, argument in enumerate(model):
        if not isinstance(argument, np.ndarray):
            continue
        for axis in range(argument.ndim):
            seen = tuple(_size(case, place, axis) for case in posed)
            if None not in seen and set(seen) != {1}:
                found[place, axis] = seen
    return found


def _size(case: Case, place: int, axis: int) -> int | None:
    argument = case.arguments[place] if place < len(case.arguments) else None
    if not isinstance(argument, np.ndarray) or argument.ndim <= axis:
        return None
    return int(argument.shape[axis])


def _array(model: Any, shape: tuple[int, ...]) -> st.SearchStrategy[Any]:
    size = int(np.prod(shape))
    entries: st.SearchStrategy[Any]
    if model.dtype.kind == "b":
        entries = st.booleans()
    elif model.size and float(model.min()) >= 0:
        top = max(1, int(model.max())) if model.dtype.kind in "iu" or model.max() > 1 else 0
        entries = st.integers(0, top) if top else st.sampled_from(sorted(set(map(float, model.ravel()))))
    else:
        entries = st.integers(-LARGEST_ENTRY, LARGEST_ENTRY)
    filled = st.lists(entries, min_size=size, max_size=size)
    return filled.map(lambda values: np.array(values, model.dtype).reshape(shape))


def _like(value: Any, seen: list[Any]) -> st.SearchStrategy[Any]:
    if type(value) is int and all(type(other) is int for other in seen):
        return st.integers(min(seen), max(seen) + 2)
    if type(value) is float and all(type(other) is float for other in seen):
        return st.one_of(st.sampled_from(seen), st.integers(-LARGEST_ENTRY, LARGEST_ENTRY).map(float))
    if isinstance(value, list) and value and all(type(item) in (int, float) for item in value):
        kind = type(value[0])
        return st.lists(
            st.integers(-LARGEST_ENTRY, LARGEST_ENTRY).map(kind), min_size=1, max_size=LARGEST_SIZE
        )
    return st.sampled_from(seen)
