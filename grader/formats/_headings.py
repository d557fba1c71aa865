"""Answers under headings: how an answer sheet and the Markdown cells of a notebook are taken apart."""

from __future__ import annotations

import re
from collections.abc import Mapping

Asked = Mapping[str, frozenset[str]]
"""What may be answered in writing: task → names of its answer parts."""

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
_NAMED = re.compile(r"^[\s>*\-`]*(?:\*\*)?`?([A-Za-z_]\w*)`?(?:\*\*)?\s*(?:=|:(?!=))\s*(.*?)\s*`?$")
_RUSSIAN = {"вопрос": "q", "задача": "t", "задание": "t"}
_QUESTION = re.compile(r"^(вопрос|задача|задание)\s*№?\s*(\d+)", re.IGNORECASE)


def answers_under_headings(text: str, asked: Asked, named_only: bool = False) -> dict[str, dict[str, str]]:
    """Read `## q10` headings with `dW = …` or `dW: …` lines below, or `### dW` headings.

    An answer goes on over the following lines to the next name or heading. What stands under a task's heading
    without a name is the answer to the task as a whole, unless `named_only`.
    """
    answers: dict[str, dict[str, list[str]]] = {}
    task, part = "", ""
    for line in text.split("\n"):
        if line.strip().startswith("```"):
            continue
        heading = _HEADING.match(line)
        if heading:
            task, part = _titled(heading[2], task, asked)
            continue
        owner, name, rest = _named(line, task, asked)
        if name:
            task, part = owner, name
            answers.setdefault(task, {})[part] = [rest]
        elif task and (part or not named_only):
            answers.setdefault(task, {}).setdefault(part, []).append(line.rstrip())
    found = {
        name: {key: "\n".join(lines).strip() for key, lines in parts.items() if "\n".join(lines).strip()}
        for name, parts in answers.items()
    }
    return {name: parts for name, parts in found.items() if parts}


def _titled(title: str, task: str, asked: Asked) -> tuple[str, str]:
    words = re.split(r"[\s.:,()—–-]+", title.strip("*_` "))
    russian = _QUESTION.match(title)
    name = _RUSSIAN[russian[1].lower()] + russian[2] if russian else words[0].lower()
    if name in asked:
        return name, _known_part(words[1], asked[name]) if len(words) > 1 and not russian else ""
    owner = name.partition("_")[0]
    if owner in asked and _known_part(words[0].partition("_")[2], asked[owner]):
        return owner, _known_part(words[0].partition("_")[2], asked[owner])
    if task and _known_part(words[0], asked[task]):
        return task, _known_part(words[0], asked[task])
    return "", ""


def _named(line: str, task: str, asked: Asked) -> tuple[str, str, str]:
    match = _NAMED.match(line)
    if not match:
        return "", "", ""
    name, rest = match[1], match[2]
    if task and _known_part(name, asked[task]):
        return task, _known_part(name, asked[task]), rest
    owner, _, part = name.partition("_")
    if owner.lower() in asked and _known_part(part, asked[owner.lower()]):
        return owner.lower(), _known_part(part, asked[owner.lower()]), rest
    return "", "", ""


def _known_part(name: str, parts: frozenset[str]) -> str:
    """The part that is meant: exactly so called, or so called but for upper and lower case."""
    if name in parts:
        return name
    alike = [part for part in parts if part.lower() == name.lower()]
    return alike[0] if len(alike) == 1 else ""
