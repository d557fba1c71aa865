"""Inputs that tell two ways to answer apart, found by Hypothesis.

Inputs come from the author's own generator under other seeds, and from posed cases whose entries and sizes are
drawn anew; axes that have the same size in every posed case keep a size in common.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
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
Apart = Callable[[Case], bool]
"""Whether a case tells apart what is to be told."""


@dataclass
class Search:
    """Looks for inputs to the functions of one task; what is drawn for one part is kept for the next question."""

    galley: Galley
    _drawn: dict[Any, list[Case]] = field(default_factory=dict)

    def telling(self, part: Code, hand: Hand, apart: Apart) -> str:
        """Source of a case that `apart` is true of, the simplest found; empty where none is found.

        Most of what is looked for does not exist. So all are looked for among the same inputs, and only where one of
        them does it, simpler ones are looked for.
        """
        known = next(filter(apart, self._inputs(part, hand)), None)
        if known is None:
            return ""
        return source_of_case(self._found(part, hand, apart, (Phase.generate, Phase.shrink)) or known)

    def apart(self, part: Code, hand: Hand, one: Reading, other: Reading) -> str:
        """Source of a case to which two readings answer differently; empty where none is found."""
        first, second = (answers(self.galley, part, reading, hand) for reading in (one, other))

        def apart(case: Case) -> bool:
            pair = first(case.arguments), second(case.arguments)
            return all(value is not RAISED for value in pair) and differ(part, *pair)

        return self.telling(part, hand, apart)

    def _inputs(self, part: Code, hand: Hand) -> list[Case]:
        """What is tried first, the simplest at the beginning."""
        key = part, id(hand)
        if key not in self._drawn:
            drawn: list[Case] = []

            def keep(case: Case) -> bool:
                drawn.append(case)
                return False

            self._found(part, hand, keep, (Phase.generate,))
            self._drawn[key] = sorted(drawn, key=lambda case: len(source_of_case(case)))
        return self._drawn[key]

    def _found(self, part: Code, hand: Hand, wanted: Apart, phases: tuple[Phase, ...]) -> Case | None:
        galley = self.galley
        profile = settings(
            max_examples=galley.depth.examples,
            database=None,
            derandomize=True,
            deadline=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        )
        stream = random.Random(seed_of(galley.seed, galley.task.name, part.name))
        try:
            return find(inputs(galley, part, hand), wanted, settings=profile, random=stream)
        except (NoSuchExample, HypothesisException):
            return None


def answers(galley: Galley, part: Part, reading: Reading, hand: Hand) -> Answers:
    """How `reading` answers to any arguments."""
    context = galley.context(part, reading, hand)

    def answer(arguments: tuple[Any, ...]) -> Any:
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return evaluate(part, reading, arguments, context)
        except Exception:  # noqa: BLE001 - a wrong turn may raise anything
            return RAISED

    return answer


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
    elif model.dtype.kind in "iu" and len(values := sorted(set(model.ravel().tolist()))) == 2 < model.size:
        entries = st.sampled_from(values)  # labels of two classes
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
