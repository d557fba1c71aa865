"""Whether points add up to the totals that an author declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from grader.author.assignment import Decisions
from grader.author.exam import TicketRules
from grader.author.shape import place_of
from grader.author.tasks import Task
from grader.errors import Fault


def task_total_faults(task: Task) -> Iterator[Fault]:
    """A task whose parts are not worth its `total` together."""
    if task.total is not None and not _adds_up(task.total, {task.points}):
        problem = f"the parts are worth {task.points} points in all, but `total` is {task.total!r}"
        yield Fault(place_of(task, "total="), "T128", problem, "Mend the points of a part, or the total.")


def total_faults(decisions: Decisions, tasks: Mapping[str, Task], place: str) -> Iterator[Fault]:
    """An assignment, or tickets of it, not worth its `total`; `place` is the line that declares it."""
    if decisions.total is None:
        return
    worth = _worth(decisions.ticket, {name: task.points for name, task in tasks.items()})
    if not _adds_up(decisions.total, worth):
        what = "the tasks are" if decisions.ticket is None else "a ticket is"
        points = " to ".join(map(str, sorted(worth)))
        problem = f"{what} worth {points} points in all, but `total` is {decisions.total!r}"
        yield Fault(place, "A113", problem, "Mend the points of a task, or the total.")


def _worth(ticket: TicketRules | None, points: Mapping[str, Fraction]) -> set[Fraction]:
    """What can be reached; on tickets, the least and the most."""
    if ticket is None:
        return {sum(points.values(), Fraction(0))}
    always = sum((points[name] for name in ticket.always), Fraction(0))
    questions = sorted(points[name] for name in ticket.dealt_from(points))
    least, most = questions[: ticket.choose], questions[len(questions) - ticket.choose :]
    return {always + sum(least), always + sum(most)}


def _adds_up(total: Any, worth: set[Fraction]) -> bool:
    try:
        return worth == {Fraction(str(total))}
    except (ValueError, ZeroDivisionError):
        return False
