"""What can be asked of somebody whose ticket has some tasks only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import copy

from grader.author.parts import Answer
from grader.author.readings import names_used
from grader.author.tasks import Task


def answerable(task: Task, asked: Collection[str], tasks: Mapping[str, Task]) -> Task:
    """The task without parts that take an answer to a task that is not `asked`; itself where there are none.

    Such a part (`q11.dW_with_q10`, which adds to the answer to question 10) can be answered with that task alone.
    """
    absent = {
        f"{other.name}_{part.name}"
        for other in tasks.values()
        if other.name not in asked
        for part in other.parts
        if isinstance(part, Answer)
    }
    parts = [part for part in task.parts if part.right is None or not absent & names_used(part)]
    if len(parts) == len(task.parts):
        return task
    narrowed = copy(task)
    narrowed.parts = parts
    return narrowed
