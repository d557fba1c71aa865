"""Whether a task is put together from what its declarations ask for, so that all later questions can be asked."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.author.parts import Code, Criterion, Part, Slip, Text
from grader.author.readings import functions
from grader.author.tasks import Task
from grader.errors import Fault


def place_of(task: Task, thing: Part | Callable[..., Any] | str) -> str:
    """`file:line` of a function, of a part, or of the line below the statement that names a thing."""
    code = getattr(inspect.unwrap(thing) if callable(thing) else thing, "__code__", None)
    if code is not None:
        return f"{task.file}:{code.co_firstlineno}"
    word = thing.name if isinstance(thing, Part) else str(thing)
    text = Path(task.file).read_text("utf-8", errors="replace")
    return f"{task.file}:{_line_of(text, word)}"


@lru_cache(maxsize=4096)
def _line_of(text: str, word: str) -> int:
    quoted = re.escape(word)
    for pattern in (rf"[\"']{quoted}[\"']", rf"\b{quoted}\s*=", quoted):
        for number, line in _below_statement(text):
            if re.search(pattern, line):
                return number
    return 1


@lru_cache(maxsize=64)
def _below_statement(text: str) -> list[tuple[int, str]]:
    """Numbered lines behind the statement, which may hold the same word."""
    first = ast.parse(text).body[0].end_lineno or 1
    return list(enumerate(text.splitlines(), 1))[first:]


def shape_faults(task: Task) -> Iterator[Fault]:
    """Things of the wrong type."""
    for thing, problem, remedy in _misshapen(task):
        yield Fault(place_of(task, thing), "T123", problem, remedy)


def _misshapen(task: Task) -> Iterator[tuple[Part | str, str, str]]:
    if not isinstance(task.variants, Mapping) and not callable(task.variants):
        remedy = "Give a mapping from parameter to values, or a function that deals."
        yield "variants", "`variants` is neither a mapping nor a function", remedy
    if not isinstance(task.conventions, Mapping):
        yield "conventions", "`conventions` is no mapping", "Give switch → value → its name."
    else:
        for name, values in task.conventions.items():
            if not isinstance(values, Mapping):
                remedy = "Give a mapping from each value to how the page names it; the usual one first."
                yield name, f"the values of convention {name!r} are no mapping", remedy
    if not isinstance(task.parts, (list, tuple)):
        yield "Task(", "`parts` is no list", "Give parts=[…] in the order of the questions."
        return
    for number, part in enumerate(task.parts, 1):
        if isinstance(part, Part) and isinstance(part.name, str):
            yield from _misshapen_part(part)
        else:
            remedy = "Give Code(name, points, comparator), Answer(…) or Text(name, points, criteria=[…])."
            yield "parts", f"number {number} of `parts` is no part", remedy


def _misshapen_part(part: Part) -> Iterator[tuple[Part | str, str, str]]:
    if not callable(part.compare):
        remedy = "Give a comparator, such as Close() of grader.comparators.close."
        yield part, f"part {part.name!r} has no comparator but {part.compare!r}", remedy
    if not isinstance(part.slips, Mapping) or not all(map(_is_switch, part.slips.values())):
        remedy = "Give switch → value → Slip(credit, sentence), or None for the right value."
        yield part, f"the slips of part {part.name!r} are no switches", remedy
    if isinstance(part, Code) and not isinstance(part.aspects, Mapping):
        yield part, f"the aspects of part {part.name!r} are no mapping", "Give aspect → weight."
    if isinstance(part, Text) and not _is_rubric(part.criteria):
        remedy = "Give a list of Criterion(code, sentence)."
        yield part, f"the criteria of part {part.name!r} are no rubric", remedy
    for function in functions(part) if part.right is not None else ():
        try:
            inspect.signature(function)
        except (TypeError, ValueError):
            remedy = "Wrap it into a function of your own that names what it takes."
            yield part, f"{function!r} of part {part.name!r} does not say what it takes", remedy


def _is_rubric(criteria: Any) -> bool:
    return isinstance(criteria, (list, tuple)) and all(
        isinstance(one, Criterion) and isinstance(one.code, str) and isinstance(one.says, str)
        for one in criteria
    )


def _is_switch(values: Any) -> bool:
    return isinstance(values, Mapping) and all(
        slip is None or isinstance(slip, Slip) for slip in values.values()
    )
