"""Students for tests of the judge: what each would answer, without any box."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Raw

from grader.author.assignment import Assignment, Decisions
from grader.author.catalogue import Catalogue
from grader.author.tasks import Task
from grader.guest import plain
from grader.judge.dealing import calls_of, deal
from grader.judge.expecting import Expectations
from grader.judge.marking import mark_student
from grader.model.job import Call
from grader.model.observation import MISSING, Observation
from grader.model.verdict import Mark, Verdict


def assignment_of(seed: str = "1", **tasks: Task) -> Assignment:
    """An assignment that is in memory only."""
    for name, task in tasks.items():
        task.name = name
    return Assignment("exam", Path("exam"), Decisions({}, seed=seed), tasks, Catalogue(), "")


def returned(value: Any) -> Observation:
    """The observation of a value that came back."""
    return Observation("returned", Raw(plain.dumps(value)))


def played(
    assignment: Assignment, answers: Mapping[str, Any], student: str = "somebody", public_only: bool = False
) -> dict[str, Observation]:
    """What is observed of somebody who hands in `answers`: functions by entry, values by `task_part`.

    A function that raises is observed to raise; an `Observation` stands for itself.
    """
    observed: dict[str, Observation] = {}
    for call in calls_of(assignment, deal(assignment, student), public_only):
        name = call.entry if isinstance(call, Call) else call.names[0][0]
        answer = answers.get(name, MISSING)
        if callable(answer):
            try:
                answer = answer(*(call.arguments if isinstance(call, Call) else ()))
            except Exception:  # noqa: BLE001 - as a student's code
                answer = Observation("raised")
        observed[call.key] = answer if isinstance(answer, Observation) else returned(answer)
    return observed


def marks(assignment: Assignment, answers: Mapping[str, Any], student: str = "somebody") -> tuple[Mark, ...]:
    """The marks of somebody who hands in `answers`."""
    observed = played(assignment, answers, student)
    return mark_student(Expectations(assignment), deal(assignment, student), observed)


def verdicts(
    assignment: Assignment, answers: Mapping[str, Any], student: str = "somebody"
) -> dict[str, Verdict]:
    """`task.part` → verdict."""
    return {f"{v.task}.{v.part}": v for mark in marks(assignment, answers, student) for v in mark.verdicts}


def found(assignment: Assignment, answers: Mapping[str, Any], student: str = "somebody") -> dict[str, str]:
    """`task.part` → finding, codes and points in a line."""
    judged = verdicts(assignment, answers, student).items()
    return {
        name: " ".join((verdict.finding, *verdict.codes, str(verdict.points))) for name, verdict in judged
    }
