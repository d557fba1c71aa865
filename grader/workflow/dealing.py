"""Dealing an exam: tickets for a roster, papers and answer sheets for the students, the key for the instructor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from msgspec import structs

from grader.author.assignment import Assignment
from grader.author.exam import TicketRules
from grader.author.tickets import TICKETS, Ticket, Tickets, file_of_tickets, tickets_in, written
from grader.errors import Fault, UsageError
from grader.judge.expecting import Expectations
from grader.judge.ticketing import deal_questions, shared, unevenness
from grader.model.gradebook import Student
from grader.papers import key, printing
from grader.papers.paper import Paper, gather_paper
from grader.papers.rendering import render_index, render_key, render_papers
from grader.papers.sheets import FORMS
from grader.workflow.delivery import read_roster
from grader.workflow.opening import open_assignment
from grader.workflow.publishing import file_name, write_atomically

REMEDY_OUTPUT = "Give another folder with -o: tickets that may be printed already are never overwritten."


@dataclass(frozen=True)
class Order:
    """What `grader deal` was asked: see its options."""

    assignment: str
    roster: Path
    output: Path
    optional: tuple[str, ...] = ()
    seed: str | None = None
    start: datetime | None = None
    history: tuple[Path, ...] = ()
    forms: tuple[str, ...] = tuple(FORMS)
    print_pdf: bool = True


@dataclass
class Dealt:
    """What was dealt; `remarks` are for the instructor."""

    tickets: Tickets
    remarks: list[str] = field(default_factory=list)
    printed: int = 0


def deal_exam(order: Order) -> Dealt:
    """Deal, and write everything into a folder that holds no tickets yet. Raises `UsageError` or `AuthoringError`."""
    assignment = open_assignment(order.assignment)
    faults: list[Fault] = []
    students = read_roster(order.roster, faults)
    rules = assignment.decisions.ticket or TicketRules(choose=len(assignment.tasks))
    for name in order.optional:
        if name not in rules.optional:
            known = ", ".join(rules.optional) or "none: name some as `optional` in [ticket]"
            problem = f"{name!r} is no optional task of {assignment.name}"
            faults.append(Fault(f"--with {name}", "U161", problem, f"There are: {known}."))
    had = read_history(order.history, assignment, faults)
    pool = rules.dealt_from(assignment.tasks)
    faults += _exhausted(students, pool, rules.choose, had)
    if order.output.exists() and (not order.output.is_dir() or any(order.output.iterdir())):
        faults.append(Fault(str(order.output), "U163", "is there already, and is not empty", REMEDY_OUTPUT))
    if faults:
        raise UsageError(faults)
    dealt = _dealt(order, assignment, rules, students, had)
    decisions = structs.replace(assignment.decisions, seed=dealt.tickets.seed or "")
    if dealt.tickets.start is not None:
        decisions = structs.replace(
            decisions, hour=structs.replace(decisions.hour, start=dealt.tickets.start)
        )
    _write(order, replace(assignment, decisions=decisions, tickets=dealt.tickets), dealt)
    return dealt


def read_history(
    paths: tuple[Path, ...], assignment: Assignment, faults: list[Fault]
) -> dict[str, frozenset[str]]:
    """Student → what earlier tickets asked; a task that the assignment has no more was asked all the same."""
    had: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        file = file_of_tickets(path)
        try:
            text = file.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            remedy = f"Give a folder that `grader deal` wrote, or its {TICKETS}."
            faults.append(Fault(str(path), "U164", "holds no earlier tickets", remedy))
            continue
        earlier, found = tickets_in(text, str(file), assignment.name, None)
        faults += found
        for ticket in earlier.ticket:
            had[ticket.student].update(ticket.tasks)
    return {student: frozenset(tasks) for student, tasks in had.items()}


def _exhausted(
    students: dict[str, Student], pool: tuple[str, ...], choose: int, had: dict[str, frozenset[str]]
) -> Iterator[Fault]:
    for student in students:
        left = [name for name in pool if name not in had.get(student, ())]
        if len(left) < choose:
            problem = (
                f"{student!r} has had all but {len(left)} of the {len(pool)} questions, and gets {choose}"
            )
            remedy = "Leave an older --history away, add questions, or take the student off this roster."
            yield Fault("--history", "U162", problem, remedy)


def _dealt(
    order: Order,
    assignment: Assignment,
    rules: TicketRules,
    students: dict[str, Student],
    had: dict[str, frozenset[str]],
) -> Dealt:
    seed = assignment.decisions.seed if order.seed is None else order.seed
    pool = rules.dealt_from(assignment.tasks)
    questions = deal_questions(pool, rules.choose, list(students), f"{assignment.name}/{seed}", had)
    wanted = {*rules.always, *order.optional}
    ordered = [name for name in assignment.tasks if name in wanted]
    tickets = tuple(
        Ticket(one.id, (*questions[one.id], *ordered), one.name, one.language, one.extra_minutes)
        for one in students.values()
    )
    start = order.start or assignment.decisions.hour.start
    dealt = Dealt(Tickets(assignment.name, seed, start, (), tickets))
    uneven, near = unevenness(questions, pool), shared(questions)
    if uneven > 1:
        dealt.remarks.append(
            f"one question is asked {uneven} times more often than another: history allows no less"
        )
    if near:
        dealt.remarks.append(f"{near} pairs of neighbours share a question")
    return dealt


def _write(order: Order, assignment: Assignment, dealt: Dealt) -> None:
    """Write papers, sheets and key; `tickets.toml` comes last, and says that all is there."""
    folder = order.output
    expectations = Expectations(assignment)
    papers: dict[str, Paper] = {}
    for ticket in dealt.tickets.ticket:
        name = file_name(ticket.student)
        paper = papers[name] = gather_paper(assignment, ticket, dealt.tickets.start)
        write_atomically(folder / "papers" / f"{name}.html", render_papers([paper]))
        for form in order.forms:
            write_atomically(folder / "sheets" / f"{name}.{form}", FORMS[form](paper))
        page = render_key(key.gather_key(expectations, ticket, assignment.decisions.language))
        write_atomically(folder / "key" / f"{name}.html", page)
    for module, source in assignment.given.items():
        write_atomically(folder / "given" / f"{module}.py", source)
    write_atomically(folder / "papers.html", render_papers(list(papers.values())))
    index = render_index(
        assignment, dealt.tickets, {t.student: n for t, n in zip(dealt.tickets.ticket, papers, strict=True)}
    )
    write_atomically(folder / "key.html", index)
    write_atomically(folder / TICKETS, written(dealt.tickets))
    if order.print_pdf:
        why = printing.print_all([folder / "papers.html", *sorted((folder / "papers").glob("*.html"))])
        dealt.remarks += [why] if why else []
        dealt.printed = 0 if why else len(papers)
