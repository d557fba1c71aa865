"""What a task file may say.

A task file reads from top to bottom as an instructor thinks: what I ask, what may differ, what I try, what is
right, what goes wrong. Its docstring is the statement. See `docs/architecture.md` and the tasks of the course.
"""

from grader.author.giving import given
from grader.author.parts import Answer, Case, Code, Criterion, Misconception, Part, Slip, Text, case
from grader.author.tasks import Task
from grader.author.wording import Matrix, Options, Partners, Phrase

__all__ = [
    "Answer",
    "Case",
    "Code",
    "Criterion",
    "Matrix",
    "Misconception",
    "Options",
    "Part",
    "Partners",
    "Phrase",
    "Slip",
    "Task",
    "Text",
    "case",
    "given",
]
