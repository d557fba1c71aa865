"""What `assignment.toml` decides about an exam: what stands on a ticket, and when it is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from fractions import Fraction
from typing import Annotated

from msgspec import Meta, Struct

from grader.errors import Fault

NotNegative = Annotated[int, Meta(ge=0)]
AtLeastOne = Annotated[int, Meta(ge=1)]
Moment = Annotated[datetime, Meta(tz=True)]
"""A date and time with its offset, so that it is the same one on every machine."""


class TicketRules(Struct, frozen=True, forbid_unknown_fields=True, rename={"questions": "from"}):
    """The table `[ticket]`.

    choose      how many questions are dealt to everyone
    from        the questions to deal from; where it is empty, all tasks that the other lists do not name
    always      tasks that stand on every ticket
    optional    tasks that an instructor may put on every ticket with `--with`
    """

    choose: NotNegative = 0
    questions: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    def dealt_from(self, tasks: Collection[str]) -> tuple[str, ...]:
        """The questions to deal from, in the order in which the assignment has them."""
        others = {*self.always, *self.optional}
        return tuple(name for name in tasks if name in (self.questions or tasks) and name not in others)


class Hour(Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[hour]`.

    start                   when writing begins; `grader deal --start` overrides it. Nobody is late without it
    minutes                 how long everyone writes; a roster may give single students more
    grace_minutes           how much later an answer may arrive before it counts as late
    mark_per_late_minute    points that each begun minute beyond that costs
    cut_off_minutes         an answer that is later than that counts for nothing
    """

    start: Moment | None = None
    minutes: AtLeastOne = 60
    grace_minutes: NotNegative = 0
    mark_per_late_minute: str | int | float = 0
    cut_off_minutes: AtLeastOne | None = None


def exam_faults(
    ticket: TicketRules | None, hour: Hour, tasks: Collection[str], place: Callable[[str], str]
) -> Iterator[Fault]:
    """What is wrong with both tables; `place` gives the line that sets a key."""
    if ticket is not None:
        yield from _ticket_faults(ticket, tasks, place)
    try:
        fair = Fraction(str(hour.mark_per_late_minute)) >= 0
    except (ValueError, ZeroDivisionError):
        fair = False
    if not fair:
        problem = f"a late minute costs {hour.mark_per_late_minute!r}"
        yield Fault(place("mark_per_late_minute"), "A123", problem, 'Give points from 0 up, such as "1/4".')


def _ticket_faults(
    ticket: TicketRules, tasks: Collection[str], place: Callable[[str], str]
) -> Iterator[Fault]:
    lists = {"from": ticket.questions, "always": ticket.always, "optional": ticket.optional}
    named = [name for names in lists.values() for name in names]
    for key, names in lists.items():
        for name in names:
            if name not in tasks:
                remedy = f"Take it out, or add {name!r} to the tasks of the assignment."
                yield Fault(place(key), "A120", f"[ticket] {key} names {name!r}, which is no task", remedy)
    for name in sorted({name for name in named if named.count(name) > 1}):
        yield Fault(place(name), "A121", f"[ticket] names {name!r} more than once", "Keep it in one list.")
    there = ticket.dealt_from(tasks)
    if ticket.choose > len(there):
        problem = f"[ticket] chooses {ticket.choose} of {len(there)} questions"
        yield Fault(place("choose"), "A122", problem, "Choose fewer, or name more questions in `from`.")
