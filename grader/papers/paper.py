"""A ticket as its student reads it: gathered from the assignment, without any HTML. Texts are Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Literal

from babel.dates import format_datetime, format_time

from grader.author.assignment import Assignment
from grader.author.parts import Answer, Code, Part, Text, fraction
from grader.author.tasks import Task
from grader.author.tickets import Ticket
from grader.judge.dealing import deal
from grader.reports.words import Words, words_of

Kind = Literal["answer", "code", "text"]


@dataclass(frozen=True)
class Asked:
    """One part: `name` is the variable, or the function, in which its answer is expected."""

    part: str
    name: str
    kind: Kind
    asks: str
    points: Fraction


@dataclass(frozen=True)
class Question:
    """One task of a ticket."""

    task: str
    title: str
    statement: str
    points: Fraction
    parts: tuple[Asked, ...]


@dataclass(frozen=True)
class Paper:
    """Everything that stands on one ticket; `begins` and `ends` are empty where no hour is set."""

    words: Words
    title: str
    student: str
    name: str
    minutes: int
    begins: str
    ends: str
    questions: tuple[Question, ...]

    @property
    def points(self) -> Fraction:
        """What the ticket is worth."""
        return sum((question.points for question in self.questions), Fraction(0))

    @property
    def has_code(self) -> bool:
        """Whether functions are asked for."""
        return any(part.kind == "code" for question in self.questions for part in question.parts)


def gather_paper(assignment: Assignment, ticket: Ticket, start: datetime | None) -> Paper:
    """Gather the paper of one student. Raises whatever an author's function raises when it deals."""
    words = words_of(ticket.lang or assignment.decisions.language)
    hand = deal(assignment, ticket.student)
    minutes = assignment.decisions.hour.minutes + ticket.extra_minutes
    asked = assignment.asked_of(ticket.student)
    questions = (_question(assignment, task, words.language, hand[name]) for name, task in asked.items())
    begins, ends = "", ""
    if start is not None:
        begins = format_datetime(start, "d MMMM y, HH:mm", locale=words.language)
        ends = format_time(start + timedelta(minutes=minutes), "HH:mm", locale=words.language)
    title = assignment.title(words.language)
    return Paper(words, title, ticket.student, ticket.name, minutes, begins, ends, tuple(questions))


def _question(assignment: Assignment, task: Task, language: str, variant: Mapping[str, Any]) -> Question:
    def say(text: str) -> str:
        return assignment.say(language, text, variant)

    parts = tuple(
        Asked(part.name, name_of(task, part), kind_of(part), say(part.asks), fraction(part.points))
        for part in task.parts
    )
    return Question(task.name, say(task.title), say(task.statement), task.points, parts)


def kind_of(part: Part) -> Kind:
    """How a part is answered."""
    return "code" if isinstance(part, Code) else "text" if isinstance(part, Text) else "answer"


def name_of(task: Task, part: Part) -> str:
    """The function that students write, or the variable that holds the answer."""
    if isinstance(part, Code):
        return part.entry
    assert isinstance(part, Answer), "a part is code or an answer"
    return task.answer_names(part)[0][0]
