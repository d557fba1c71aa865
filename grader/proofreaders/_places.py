"""Where in an author's files something stands."""

from __future__ import annotations

import re
from pathlib import Path

from grader.author.parts import Part
from grader.author.shape import place_of
from grader.author.tasks import Task

WORDS = 5
"""So many words of a text are looked for: source code breaks longer ones into pieces."""


def place_of_text(task: Task, text: str) -> str:
    """`file:line` where a text begins, in the task's file or in a module beside it."""
    words = text.split()
    file = Path(task.file)
    for count in range(min(WORDS, len(words)), 0, -1):
        pattern = re.compile(r"\s+".join(re.escape(word) for word in words[:count]))
        for source in (file, *sorted(file.parent.glob("_*.py"))):
            content = source.read_text("utf-8", errors="replace")
            found = pattern.search(content)
            if found:
                return f"{source}:{content.count(chr(10), 0, found.start()) + 1}"
    return f"{file}:1"


def place_of_code(task: Task, part: Part, codes: tuple[str, ...]) -> str:
    """`file:line` of a misconception, or of the sentence of a slip."""
    for misconception in part.misconceptions:
        if misconception.name in codes:
            return place_of(task, misconception.function)
    for switch, values in part.slips.items():
        for value, slip in values.items():
            if slip is not None and (switch if value is True else f"{switch}_{value}") in codes:
                return place_of_text(task, slip.says)
    return place_of(task, part)
