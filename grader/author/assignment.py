"""An assignment: tasks, and what is merely decided about them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from grader.author.answerable import answerable
from grader.author.catalogue import Catalogue
from grader.author.exam import Hour, TicketRules
from grader.author.tasks import Task
from grader.author.tickets import Tickets
from grader.model.job import Limits

REPAIRS = (
    "numpy_names",
    "one_element_float",
    "plotting",
    "helper_modules",
    "relative_imports",
    "python2",
    "forgotten_imports",
)
Reveal = Literal["difference", "public"]


class Decisions(Struct, frozen=True):
    """What stands in `assignment.toml`.

    title           language → title
    language        of pages and messages, where the roster does not say otherwise
    seed            of everything dealt; change it to deal anew
    tasks           order of the tasks; all files, by name, where it is empty
    repairs         repairs of the environment that are off: name → false
    limits          what one submission may use up
    reveal          "difference": pages show the simplest differing case, hidden or not; "public": only public ones
    not_submitted   what a student of the roster without a submission gets: "zero" or "empty"
    total           what the tasks, or those of every ticket, are worth together; not checked where it is None
    ticket          what stands on a ticket; None where everything is asked of everyone
    hour            when it is written, and what being late costs
    """

    title: Mapping[str, str]
    language: str = "ru"
    seed: str = ""
    tasks: tuple[str, ...] = ()
    repairs: Mapping[str, bool] = {}
    limits: Limits = Limits()
    reveal: Reveal = "difference"
    not_submitted: Literal["zero", "empty"] = "zero"
    total: str | int | float | None = None
    ticket: TicketRules | None = None
    hour: Hour = Hour()


@dataclass(frozen=True, eq=False)
class Assignment:
    """Tasks with points and decisions; a folder.

    `fingerprint` is the hash of everything that decides a mark: the folder's files, the course's modules that
    its tasks import, and the version of the engine. `given` are the modules that its students may import, and find
    where their submissions run: name → source. `tickets` say what is asked of whom; without them all is.
    """

    name: str
    folder: Path
    decisions: Decisions
    tasks: Mapping[str, Task]
    catalogue: Catalogue
    fingerprint: str
    given: Mapping[str, str] = field(default_factory=dict)
    tickets: Tickets | None = None

    @cached_property
    def asked(self) -> Mapping[str, Task]:
        """Tasks that are asked of anybody, in their order."""
        return self.tasks if self.tickets is None else self._named(self.tickets.asked)

    def asked_of(self, student: str) -> Mapping[str, Task]:
        """Tasks that are asked of `student`, in their order, without parts that build on a task that is not."""
        if self.tickets is None:
            return self.tasks
        names = self.tickets.asked_of(student)
        if names not in self._tickets_seen:
            asked = self._named(names)
            self._tickets_seen[names] = {
                name: answerable(task, asked, self.tasks) for name, task in asked.items()
            }
        return self._tickets_seen[names]

    @cached_property
    def _tickets_seen(self) -> dict[tuple[str, ...], Mapping[str, Task]]:
        return {}

    def _named(self, names: Collection[str]) -> dict[str, Task]:
        return {name: task for name, task in self.tasks.items() if name in names}

    @property
    def points(self) -> Fraction:
        """What the assignment is worth in all."""
        return sum((task.points for task in self.tasks.values()), Fraction(0))

    @property
    def repairs(self) -> frozenset[str]:
        """Repairs of the environment that are on."""
        return frozenset(name for name in REPAIRS if self.decisions.repairs.get(name, True))

    def title(self, language: str) -> str:
        """The title in `language`, or in the assignment's own."""
        titles = self.decisions.title
        return (
            titles.get(language)
            or titles.get(self.decisions.language)
            or next(iter(titles.values()), self.name)
        )

    def say(self, language: str, text: str, variant: Mapping[str, Any] | None = None) -> str:
        """Translate an author's text and fill in the placeholders that are variant parameters."""
        return self.catalogue.say(language, text, variant or {})
