"""Submissions that proofreading hands in: one that knows every answer, stubs, and nothing at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from grader.author.parts import Answer, Code
from grader.author.readings import Reading, comparator_of
from grader.judge.dealing import Hand
from grader.judge.evidence import written
from grader.judge.expecting import RAISED
from grader.proofreaders._galley import Galley, bare, encodable
from grader.proofreaders._source import source

HEAD = """\
import numpy as np


def looks(value):
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes().hex()
    if isinstance(value, (list, tuple)):
        return type(value).__name__, tuple(map(looks, value))
    if isinstance(value, dict):
        return "dict", tuple((looks(key), looks(item)) for key, item in value.items())
    return "function" if callable(value) else (type(value).__name__, repr(value))


ANSWERS = {}


def answer(entry, arguments):
    # inputs that look alike are answered in the order in which they are posed
    queue = ANSWERS[entry, looks(arguments)]
    return queue.pop(0) if len(queue) > 1 else queue[0]
"""


def knowing(galley: Galley, hand: Hand, readings: Mapping[str, Reading]) -> str:
    """Source of a module that looks every answer up: what `readings` say to exactly the posed inputs."""
    answers: dict[tuple[str, int], dict[int | None, Any]] = defaultdict(dict)
    arguments: dict[tuple[str, int], tuple[Any, ...]] = {}
    lines = []
    for part in galley.parts:
        for number, case in enumerate(galley.cases(part, hand)):
            value = bare(galley.expected(part, number, readings[part.name], hand))
            compare = comparator_of(part, readings[part.name])
            if isinstance(part, Code):
                value = written(compare, value) if part.element is None else value[part.element]
                answers[part.entry, number][part.element] = value
                arguments[part.entry, number] = case.arguments
            elif isinstance(part, Answer) and value is not RAISED:
                lines.append(
                    f"{galley.task.answer_names(part)[0][0]} = {source(encodable(written(compare, value)))}"
                )
    entries = dict.fromkeys(entry for entry, _ in answers)
    lines += [
        f"\n\ndef {entry}(*arguments):\n    return answer({entry!r}, arguments)\n\n" for entry in entries
    ]
    for (entry, number), elements in answers.items():
        key = f"({entry!r}, looks({_posed(arguments[entry, number])}))"
        lines.append(f"ANSWERS.setdefault({key}, []).append({source(encodable(_whole(elements)))})")
    return "\n".join([HEAD, *lines, ""])


def _posed(arguments: tuple[Any, ...]) -> str:
    items = ", ".join("len" if callable(argument) else source(argument) for argument in arguments)
    return f"({items},)" if arguments else "()"


def _whole(elements: Mapping[int | None, Any]) -> Any:
    if None in elements:
        return elements[None]
    numbers = [number for number in elements if number is not None]
    return tuple(elements.get(number) for number in range(max(numbers) + 1))


def stubs(galley: Galley) -> dict[str, str]:
    """What students start from: functions without a body, answers that are left empty."""
    names = [galley.task.answer_names(part)[0][0] for part in galley.parts if isinstance(part, Answer)]
    entries = galley.task.entries()

    def module(body: str, value: str) -> str:
        functions = [f"def {entry}(*arguments):\n    {body}\n" for entry in entries]
        return "\n".join([*(f"{name} = {value}" for name in names), *functions])

    return {
        "a stub that raises NotImplementedError": module("raise NotImplementedError", "None"),
        "a stub of empty functions": module("pass", '""'),
        "a stub of dots": module("...", "..."),
    }
