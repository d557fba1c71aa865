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
_ASSIGNMENT = re.compile(r"^(\w+)[ \t]*=(?!=)[ \t]*(.*)$", re.MULTILINE)
_DEFINITION = re.compile(r"^def[ \t]+(\w+)[ \t]*\(", re.MULTILINE)
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
    elsewhere = {entry for task in asked.values() for entry in task.entries()}
    # functions count only where something is missing: `softmax` may have been written for another question
    defined = _defined(submission) - elsewhere if missing else set()
    assigned = _assigned(submission)
    stated = {task for source in submission.sources for task in source.answers}
    answered = [
        name
        for name, task in assignment.tasks.items()
        if name not in asked and (name in stated or assigned & _variables(task) or defined & _functions(task))
    ]
    if not answered:
        return ()
    return (Remark(OTHER_TICKET, {"tasks": ", ".join(answered), "asked": ", ".join(asked)}),)


@lru_cache(maxsize=1024)
def _variables(task: Task) -> frozenset[str]:
    """Names under which an answer to the task may stand."""
    answers = (part for part in task.parts if isinstance(part, Answer))
    return frozenset(names[0] for part in answers for names in task.answer_names(part))


@lru_cache(maxsize=1024)
def _functions(task: Task) -> frozenset[str]:
    return frozenset(task.entries())


def _assigned(submission: Submission) -> set[str]:
    """Names of variables at the top level of a submission that hold what may be an answer."""
    found = (
        pair for source in submission.sources for cell in source.cells for pair in _ASSIGNMENT.findall(cell)
    )
    return {
        name for name, value in found if not _BLANK.match(value) and ("_" in name or _CONTAINER.match(value))
    }


def _defined(submission: Submission) -> set[str]:
    """Names of functions at the top level of a submission."""
    cells = (cell for source in submission.sources for cell in source.cells)
    return {name for cell in cells for name in _DEFINITION.findall(cell)}
