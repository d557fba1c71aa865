"""Blank answer sheets in the three forms that `grader grade` reads: a notebook, Markdown, TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from grader.author.tickets import quoted
from grader.formats.notebook import GIVEN
from grader.papers.paper import Asked, Paper, Question

Cell = dict[str, Any]


def notebook(paper: Paper) -> str:
    """A notebook with the statements, in LaTeX, and a cell for each answer."""
    return book(cells(paper, paper.words.say("sheet.notebook")))


def cells(
    paper: Paper, how: str, code: Callable[[Asked], str] = lambda part: f"# {part.name}\n"
) -> list[Cell]:
    """The cells of a notebook: statements, and where answers go; `how` tells what to do, `code` begins a function."""
    found = [_given(f"# {paper.title}\n\n{_who(paper)}\n\n{how}")]
    for question in paper.questions:
        found.append(_given(f"## {question.title}\n\n{question.statement}"))
        told: set[str] = set()
        for part in question.parts:
            if part.asks:
                found.append(_given(part.asks))
            if part.name not in told:
                found.append(_blank(part, code))
                told.add(part.name)
    return found


def book(cells: list[Cell]) -> str:
    """A notebook of these cells."""
    numbered = [{**cell, "id": f"cell-{number}"} for number, cell in enumerate(cells)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    whole = {"cells": numbered, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _given(text: str) -> Cell:
    """A cell that is no answer, and is known as such when it comes back."""
    return {"cell_type": "markdown", "metadata": {GIVEN: True}, "source": text}


def _blank(part: Asked, code: Callable[[Asked], str]) -> Cell:
    if part.kind == "text":
        return {"cell_type": "markdown", "metadata": {}, "source": f"### {part.name}\n\n"}
    source = code(part) if part.kind == "code" else f"{part.name} = None\n"
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}


def markdown(paper: Paper) -> str:
    """A heading for each task, a line for each answer, a fenced block for functions."""
    lines = [f"# {paper.title}", "", _who(paper), "", paper.words.say("sheet.markdown"), ""]
    for question in paper.questions:
        lines += [
            f"## {question.task}",
            "",
        ]  # a title that begins like the name of a part would be taken for it
        functions = list(dict.fromkeys(part.name for part in question.parts if part.kind == "code"))
        if functions:
            lines += ["```python", *(f"# {name}" for name in functions), "", "```", ""]
        for part in question.parts:
            if part.kind == "answer":
                lines += [f"{part.name} = ", ""]
            elif part.kind == "text":
                lines += [f"### {part.name}", "", ""]
    return "\n".join(lines)


def toml(paper: Paper) -> str:
    """A table for each task, a key for each answer and each function."""
    heading = [_who(paper), *paper.words.say("sheet.toml").split("\n")]
    lines = [*(f"# {_line(line)}" for line in heading), ""]
    for question in paper.questions:
        lines += [f"# {_line(question.title)}", f"[{question.task}]", *_keys(question), ""]
    return "\n".join(lines)


def _keys(question: Question) -> Iterator[str]:
    for name, kind in dict.fromkeys((_key(part), part.kind) for part in question.parts):
        yield f"{name} = ''" if kind == "answer" else f"{name} = '''\n'''"


def _key(part: Asked) -> str:
    name = part.name if part.kind == "code" else part.part
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else quoted(name)


def _who(paper: Paper) -> str:
    return _line(" · ".join(filter(None, (paper.name, paper.student))))


def _line(text: str) -> str:
    """On one line, whatever a roster or a title holds."""
    return " ".join(text.split())


FORMS: dict[str, Callable[[Paper], str]] = {"ipynb": notebook, "md": markdown, "toml": toml}
"""Ending of the file → what writes it."""
