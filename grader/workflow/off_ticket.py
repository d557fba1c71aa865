"""Answers to tasks that are not on a student's ticket: found in the text of the submission, without running it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from grader.author.assignment import Assignment
from grader.author.parts import Answer
from grader.author.tasks import Task
from grader.model.observation import Observation
from grader.model.submission import Remark, Submission

OTHER_TICKET = "other_ticket"
_BLANK = re.compile(r"(?:None|[rR]?(?:\"\"\"\s*\"\"\"|'''\s*'''|\"\s*\"|'\s*'))?\s*(?:#.*)?$")
_CONTAINER = re.compile(r"[rR]?[\"'\[({]")


def off_ticket(
    assignment: Assignment, student: str, submission: Submission, observed: Mapping[str, Observation]
) -> tuple[Remark, ...]:
    """A remark that names tasks which were answered and not asked, where there are any."""
    if assignment.tickets is None:
        return ()
    asked = assignment.asked_of(student)
    missing = any(
        all(o.outcome == "missing" for key, o in observed.items() if key.startswith(f"{name}/"))
        for name in asked
    )
    answered = [
        name
        for name, task in assignment.tasks.items()
        if name not in asked and _is_answered(task, submission, asked, functions=missing)
    ]
    if not answered:
        return ()
    return (Remark(OTHER_TICKET, {"tasks": ", ".join(answered), "asked": ", ".join(asked)}),)


def _is_answered(task: Task, submission: Submission, asked: Mapping[str, Task], *, functions: bool) -> bool:
    """Whether an answer stands there; functions count only where something that was asked for is missing.

    Somebody may write `softmax` to use it in another question.
    """
    elsewhere = {entry for other in asked.values() for entry in other.entries()}
    entries = tuple(entry for entry in task.entries() if entry not in elsewhere) if functions else ()
    for source in submission.sources:
        if task.name in source.answers:
            return True
        for cell in source.cells:
            for found in _pattern(task, entries).finditer(cell):
                name, value = found["name"], found["value"]
                if name is None or (not _BLANK.match(value) and ("_" in name or _CONTAINER.match(value))):
                    return True
    return False


@lru_cache(maxsize=256)
def _pattern(task: Task, entries: tuple[str, ...]) -> re.Pattern[str]:
    """Matches an assignment to a variable of the task, or the definition of one of its functions."""
    names = {name[0] for part in task.parts if isinstance(part, Answer) for name in task.answer_names(part)}
    variables = "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)"
    pattern = rf"^(?P<name>{variables})[ \t]*=(?!=)[ \t]*(?P<value>.*)$"
    if entries:
        pattern += rf"|^def[ \t]+(?:{'|'.join(map(re.escape, entries))})[ \t]*\("
    return re.compile(pattern, re.MULTILINE)
