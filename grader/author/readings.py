"""Readings: the oracle or a misconception, under one setting of the switches."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product
from typing import Any

import numpy as np

from grader.author.parts import Code, Part, Slip, Text, fraction
from grader.author.tasks import Task
from grader.model.comparing import Comparator

Setting = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Reading:
    """One way to understand a part.

    `setting` holds conventions and slips by switch; `codes` are the stable names of what went wrong and
    `says` their sentences (empty for a reading with full credit).
    """

    setting: Setting = ()
    misconception: str = ""
    credit: Fraction = Fraction(1)
    codes: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def wanted_names(function: Callable[..., Any], keyword_only: bool = False) -> tuple[tuple[str, ...], bool]:
    """Names in the signature of `function`, in order, and whether it takes any others by keyword."""
    parameters = inspect.signature(function).parameters.values()
    names = tuple(
        p.name
        for p in parameters
        if p.kind is p.KEYWORD_ONLY or (p.kind is p.POSITIONAL_OR_KEYWORD and not keyword_only)
    )
    return names, any(p.kind is p.VAR_KEYWORD for p in parameters)


def names_asked(part: Part, function: Callable[..., Any]) -> tuple[tuple[str, ...], bool]:
    """What `function` asks for by name; with posed arguments in front, only what stands after the `*`."""
    return wanted_names(function, isinstance(part, Code))


def functions(part: Part) -> list[Callable[..., Any]]:
    """The oracle of `part` and its misconceptions; a text has neither."""
    if isinstance(part, Text):
        return []
    assert part.right is not None, "the loader refuses a part without an oracle"
    return [part.right, *(m.function for m in part.misconceptions)]


@lru_cache(maxsize=4096)
def names_used(part: Part) -> frozenset[str]:
    """Every keyword that some reading of `part` asks for."""
    return frozenset(name for function in functions(part) for name in names_asked(part, function)[0])


@lru_cache(maxsize=4096)
def names_bearing(task: Task, part: Part) -> frozenset[str]:
    """Every keyword that bears on `part`: its own, and those of earlier answers of `task` that its readings take."""
    names = names_used(part)
    for earlier in task.parts[: list(task.parts).index(part)]:
        if earlier.name in names_used(part):
            names |= names_bearing(task, earlier)
    return names


def convention_settings(task: Task, names: frozenset[str]) -> list[Setting]:
    """All combinations of the conventions of `task` that are among `names`; the usual one first."""
    switches = [
        [(name, value) for value in values] for name, values in task.conventions.items() if name in names
    ]
    return [tuple(combination) for combination in product(*switches)]


@lru_cache(maxsize=4096)
def full_reading(part: Part, conventions: Setting, taken_over: Setting = ()) -> Reading:
    """The oracle with no slip but those taken over from an earlier part."""
    right = {switch: next(iter(values)) for switch, values in part.slips.items()}
    return Reading(tuple({**dict(conventions), **right, **dict(taken_over)}.items()))


@lru_cache(maxsize=512)  # the same for every student, and hundreds of pairs take longer than comparing them
def single_readings(part: Part, conventions: Setting, taken_over: Setting = ()) -> list[Reading]:
    """Misconceptions and single slips, the best paid first."""
    base = full_reading(part, conventions, taken_over)
    single = [(False, _slipped(base, [slip])) for slip in _slips(part)]
    single += [
        (m.general, Reading(base.setting, m.name, m.credit, (m.name,), (m.says,)))
        for m in part.misconceptions
    ]
    return [reading for _, reading in sorted(single, key=lambda item: (-item[1].credit, item[0]))]


@lru_cache(maxsize=512)
def paired_readings(part: Part, conventions: Setting, taken_over: Setting = ()) -> list[Reading]:
    """Pairs of slips on two switches, the best paid first."""
    base = full_reading(part, conventions, taken_over)
    pairs = [_slipped(base, [a, b]) for a, b in combinations(_slips(part), 2) if a[0] != b[0]]
    return sorted(pairs, key=lambda reading: -reading.credit)


def _slips(part: Part) -> list[tuple[str, Any, Slip]]:
    return [
        (switch, value, slip)
        for switch, values in part.slips.items()
        for value, slip in values.items()
        if slip is not None
    ]


def _slipped(base: Reading, slips: list[tuple[str, Any, Slip]]) -> Reading:
    credit = Fraction(1)
    for _, _, slip in slips:
        credit *= fraction(slip.credit)
    return Reading(
        tuple({**dict(base.setting), **{switch: value for switch, value, _ in slips}}.items()),
        "",
        credit,
        tuple(slip_code(switch, value) for switch, value, _ in slips),
        tuple(slip.says for _, _, slip in slips),
    )


def slip_code(switch: str, value: Any) -> str:
    """The stable name of a slip: `kernel_flipped` for a switch that is on or off, else `epsilon_inside`."""
    return switch if value is True else f"{switch}_{value}"


def comparator_of(part: Part, reading: Reading) -> Comparator:
    """What compares an answer with what `reading` expects."""
    own = (m.compare for m in part.misconceptions if m.name == reading.misconception)
    return next((compare for compare in own if compare is not None), part.compare)


def function_of(part: Part, reading: Reading) -> Callable[..., Any]:
    """What computes `reading`."""
    for misconception in part.misconceptions:
        if misconception.name == reading.misconception:
            return misconception.function
    assert part.right is not None, "the loader refuses a part without an oracle"
    return part.right


def evaluate(part: Part, reading: Reading, arguments: tuple[Any, ...], context: Mapping[str, Any]) -> Any:
    """What `reading` answers to `arguments`; `context` holds variant parameters and earlier answers.

    The function gets copies: what it changes in place must not reach the next student. Raises whatever it raises.
    """
    function = function_of(part, reading)
    names, any_name = names_asked(part, function)
    settings = dict(reading.setting)
    known = {**context, **settings}
    keywords = {name: known[name] for name in names if name in known}
    fresh = [_fresh(argument) for argument in arguments]
    keywords = {name: _fresh(value) for name, value in keywords.items()}
    return function(*fresh, **{**(settings if any_name else {}), **keywords})


def _fresh(value: Any) -> Any:
    """A copy, or the value itself where nothing in it can be changed: most of what is dealt."""
    if isinstance(value, np.ndarray):
        return value.copy()
    return value if _unchangeable(value) else deepcopy(value)


def _unchangeable(value: Any) -> bool:
    kind = type(value)
    if kind is tuple or (isinstance(value, tuple) and not hasattr(value, "__dict__")):
        return all(map(_unchangeable, value))
    return kind in _ATOMS or issubclass(kind, np.generic)


_ATOMS = frozenset({type(None), str, bytes, bool, int, float, complex, Fraction})


@lru_cache(maxsize=1024)
def sentences(part: Part) -> Mapping[str, str]:
    """Code → sentence of everything that can be said of `part`."""
    said = {
        slip_code(switch, value): slip.says
        for switch, values in part.slips.items()
        for value, slip in values.items()
        if slip is not None
    }
    return {**said, **{m.name: m.says for m in part.misconceptions}}
