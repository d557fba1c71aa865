"""Tickets: which tasks are asked of whom, as `grader deal` writes it down, or an instructor by hand."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from grader.author.exam import Moment, NotNegative
from grader.errors import Fault

TICKETS = "tickets.toml"


class Ticket(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of one student: names of tasks; the rest is as in a roster."""

    student: str
    tasks: tuple[str, ...]
    name: str = ""
    lang: str = ""
    extra_minutes: NotNegative = 0


class Tickets(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What stands in `tickets.toml`.

    assignment  whose tasks these are
    seed        of the numbers, where it is another one than the assignment's
    start       when writing begins, where that is not what the assignment says
    everyone    what is asked of those who have no ticket of their own; nobody else may hand in where it is empty
    ticket      one for each student
    """

    assignment: str
    seed: str | None = None
    start: Moment | None = None
    everyone: tuple[str, ...] = ()
    ticket: tuple[Ticket, ...] = ()

    @cached_property
    def by_student(self) -> dict[str, Ticket]:
        """Student → ticket."""
        return {one.student: one for one in self.ticket}

    def asked_of(self, student: str) -> tuple[str, ...]:
        """Names of the tasks that are asked of `student`; none where there is no ticket."""
        one = self.by_student.get(student)
        return self.everyone if one is None else one.tasks

    @cached_property
    def asked(self) -> frozenset[str]:
        """Names of the tasks that are asked of anybody."""
        return frozenset(self.everyone).union(*(one.tasks for one in self.ticket))


def file_of_tickets(path: Path) -> Path:
    """The file itself, or the one in the folder that `grader deal` wrote."""
    return path / TICKETS if path.is_dir() else path


def read_tickets(path: Path, assignment: str, tasks: Iterable[str]) -> tuple[Tickets, list[Fault]]:
    """Read the tickets of `assignment`, which has these tasks; what is wrong with them, all at once."""
    file = file_of_tickets(path)
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        remedy = f"Give the folder that `grader deal` wrote, or its {TICKETS}."
        return Tickets(assignment), [Fault(str(file), "U123", f"the tickets cannot be read: {why}", remedy)]
    return tickets_in(text, str(file), assignment, tasks)


def tickets_in(
    text: str, place: str, assignment: str, tasks: Iterable[str] | None
) -> tuple[Tickets, list[Fault]]:
    """Tickets as they are written in `text`, which stands at `place`; without `tasks` any may be asked."""
    try:
        tickets = msgspec.convert(tomllib.loads(text), Tickets)
    except (ValueError, RecursionError) as error:  # both of TOMLDecodeError and of msgspec.ValidationError
        line = re.search(r"at line (\d+)", str(error))
        remedy = f"Mend it, or deal again. It has assignment, seed, everyone, and [[ticket]] with {_FIELDS}."
        where = f"{place}:{line[1]}" if line else place
        return Tickets(assignment), [Fault(where, "U124", f"these are no tickets: {error}", remedy)]
    known = tickets.asked if tasks is None else frozenset(tasks)
    faults = list(_faults(tickets, text, place, assignment, known))
    return tickets, faults


_FIELDS = ", ".join(Ticket.__struct_fields__)


def _faults(
    tickets: Tickets, text: str, place: str, assignment: str, tasks: frozenset[str]
) -> Iterator[Fault]:
    if tickets.assignment != assignment:
        problem = f"these are tickets of the assignment {tickets.assignment!r}, not of {assignment!r}"
        yield Fault(_at(place, text, tickets.assignment), "U125", problem, "Give those of this assignment.")
        return
    for task in sorted(tickets.asked - tasks):
        remedy = (
            f"Take it off the tickets, or add it to the assignment, which has {', '.join(sorted(tasks))}."
        )
        yield Fault(_at(place, text, task), "U126", f"there is no task {task!r}", remedy)
    for student, count in Counter(one.student for one in tickets.ticket).items():
        if count > 1:
            problem = f"{student!r} has {count} tickets"
            yield Fault(_at(place, text, student), "U127", problem, "Keep one of them.")
    for one in tickets.ticket:
        if not one.tasks:
            problem = f"the ticket of {one.student!r} asks nothing"
            yield Fault(_at(place, text, one.student), "U128", problem, "Name tasks, or delete the ticket.")


def _at(place: str, text: str, word: str) -> str:
    """The first line that has `word` in quotation marks."""
    for number, line in enumerate(text.splitlines(), 1):
        if quoted(word) in line or f"'{word}'" in line:
            return f"{place}:{number}"
    return place


def written(tickets: Tickets) -> str:
    """The text of `tickets.toml`; `tickets_in` reads it back."""
    lines = [f"assignment = {quoted(tickets.assignment)}"]
    lines += [] if tickets.seed is None else [f"seed = {quoted(tickets.seed)}"]
    lines += [] if tickets.start is None else [f"start = {tickets.start.isoformat()}"]
    lines += [f"everyone = {quoted(tickets.everyone)}"] if tickets.everyone else []
    for one in tickets.ticket:
        fields = ((name, getattr(one, name)) for name in Ticket.__struct_fields__)
        lines += ["", "[[ticket]]", *(f"{name} = {quoted(value)}" for name, value in fields if value)]
    return "\n".join(lines) + "\n"


def quoted(value: Any) -> str:
    """A text, a number, or a tuple of these as TOML spells it: JSON does, but for one character."""
    return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")
