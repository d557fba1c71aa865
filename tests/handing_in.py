"""What simulated students hand in: scripts, notebooks, and answer sheets in Markdown and TOML.

Functions look their answers up in a table, by their inputs.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from grader.author.assignment import Assignment
from grader.author.parts import Code, Part, Text
from grader.author.tasks import Task
from grader.formats.toml import MAX_CHARACTERS
from grader.guest import plain
from grader.judge.dealing import Hand, call_key, cases_of, deal
from grader.papers.paper import name_of
from tests.simulating import Somebody

Functions = Mapping[tuple[str, str], str]
"""Source of each function by task and name; the first one comes with what all of them call."""
Answers = Mapping[tuple[Task, Part], Any]
PROSE = "Because it is so.\n\nAnd for another reason: it could not be otherwise."
LOOKUP = """\
import base64
import json
from hashlib import sha256

import numpy as np


def _key(arguments):
    return sha256(json.dumps(_plain(arguments)).encode()).hexdigest()[:32]


def _plain(value):
    if isinstance(value, np.ndarray):
        return [value.dtype.str, list(value.shape), np.ascontiguousarray(value).tobytes().hex()]
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return [[_plain(name), _plain(item)] for name, item in value.items()]
    return "a function" if callable(value) else repr(value)


def _value(data):
    if not isinstance(data, dict):
        return data
    ((tag, body),) = data.items()
    if tag == "f":
        return float.fromhex(body)
    if tag == "i":
        return int(body)
    if tag == "d":
        return {_value(name): _value(item) for name, item in body}
    if tag in "lts":
        return {"l": list, "t": tuple, "s": set}[tag](_value(item) for item in body)
    kind, shape, text = body
    array = np.frombuffer(base64.b64decode(text), dtype=kind).reshape(shape)
    return array.copy() if tag == "a" else array[()]


_asked = {}


def _look_up(table, arguments):
    key = _key(arguments)
    answers = table[key]
    number = _asked[id(table), key] = _asked.get((id(table), key), -1) + 1
    answer = json.loads(answers[min(number, len(answers) - 1)])
    if answer == "raise":
        raise ValueError("no answer")
    return _value(answer)
"""
"""The beginning of a script whose functions answer from tables."""
_lookup: dict[str, Any] = {}
exec(compile(LOOKUP, "lookup.py", "exec"), _lookup)  # the same keys here and there


def hand_in(assignment: Assignment, somebody: Somebody, folder: Path, form: str) -> None:
    """Write the submission: a script, a notebook, or an answer sheet with the functions in it."""
    tasks = assignment.asked_of(somebody.student)
    functions = _functions(assignment, tasks, deal(assignment, somebody.student), somebody)
    answers = {
        (task, part): _answer(task, part, somebody)
        for task in tasks.values()
        for part in task.parts
        if not isinstance(part, Code)
    }
    text = FORMS[form](functions, answers)
    if (
        form == "toml" and len(text) > MAX_CHARACTERS
    ):  # tables of whole samples; functions that people write are short
        form, text = "py", _script(functions, answers)
    (folder / f"{somebody.student}.{form}").write_text(text, "utf-8")


def _script(functions: Functions, answers: Answers) -> str:
    return "\n".join([*functions.values(), *assigned(answers), ""])


def _notebook(functions: Functions, answers: Answers) -> str:
    texts = ("\n\n".join(functions.values()), *assigned(answers))
    cells = [{"cell_type": "code", "metadata": {}, "source": text} for text in texts]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def assigned(answers: Answers) -> Iterator[str]:
    """Statements of Python that name the answers."""
    return (f"{name_of(task, part)} = {answer!r}" for (task, part), answer in answers.items())


def markdown(functions: Functions, answers: Answers) -> str:
    """An answer sheet in Markdown."""
    code = "\n\n".join(functions.values())
    lines = [f"```python\n{code}\n```"] if functions else []
    for (task, part), answer in answers.items():
        name = name_of(task, part)
        body = f"### {name}\n\n{answer}" if isinstance(part, Text) else f"{name} = {_written(part, answer)}"
        lines.append(f"## {task.name}\n\n{body}")
    return "\n\n".join(lines) + "\n"


def toml(functions: Functions, answers: Answers) -> str:
    """An answer sheet in TOML."""
    tables: dict[str, list[str]] = defaultdict(list)
    for (task, part), answer in answers.items():
        tables[task.name].append(_entry(part.name, _written(part, answer)))
    for (task_name, name), code in functions.items():
        tables[task_name].append(_entry(name, code))
    return "\n".join(line for name, lines in tables.items() for line in (f"[{name}]", *lines, ""))


def _entry(key: str, text: str) -> str:
    assert "'''" not in text, "a literal text cannot hold its own end"
    return f"{key} = '''\n{text}'''"


FORMS = {"py": _script, "ipynb": _notebook, "md": markdown, "toml": toml}
"""Ending of the file → what writes it."""


def _answer(task: Task, part: Part, somebody: Somebody) -> Any:
    """The answer as a literal of Python."""
    if isinstance(part, Text):
        return PROSE
    return literal(plain.loads(bytes(somebody.seen[call_key(task, part, 0)].value)))


def literal(value: Any) -> Any:
    """A value as a literal of Python."""
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    if isinstance(value, (list, tuple)):
        return [literal(item) for item in value]
    return {name: literal(item) for name, item in value.items()} if isinstance(value, dict) else value


def _written(part: Part, value: Any) -> str:
    """The answer as people write it into a sheet: the steps of a derivation stand on lines of their own."""
    if hasattr(part.compare, "written") and isinstance(value, list):
        return "\n".join(value)
    return _typed(value)


def _typed(value: Any) -> str:
    """Pairs, and numbers in brackets."""
    if isinstance(value, list):
        return f"[{', '.join(map(_typed, value))}]"
    return (
        ", ".join(f"{name}-{item}" for name, item in value.items()) if isinstance(value, dict) else str(value)
    )


def _functions(
    assignment: Assignment, tasks: Mapping[str, Task], hand: Hand, somebody: Somebody
) -> Functions:
    tables: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    done: set[str] = set()
    for task in tasks.values():
        for part in task.parts:
            cases = cases_of(assignment, task, part, hand[task.name]) if isinstance(part, Code) else ()
            for number, case in enumerate(cases):
                call = call_key(task, part, number)
                if call in done or not isinstance(part, Code):
                    continue
                done.add(call)
                seen = somebody.seen[call]
                answer = bytes(seen.value).decode() if seen.outcome == "returned" else '"raise"'
                key = _lookup["_key"](case.arguments)
                tables[task.name, part.entry][key].append(answer)
    found = {}
    for (task_name, entry), table in tables.items():
        plainly = {key: list(answers) for key, answers in table.items()}
        head = "" if found else LOOKUP
        code = f"_{entry} = {plainly!r}\n\n\ndef {entry}(*arguments):\n    return _look_up(_{entry}, arguments)\n"
        found[task_name, entry] = head + code
    return found
