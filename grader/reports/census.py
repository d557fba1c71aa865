"""Counting a class: what findings, diagnoses and totals there are, in one pass over the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from grader.author.assignment import Assignment
from grader.author.readings import sentences
from grader.author.tasks import Task
from grader.model.gradebook import Record, Status
from grader.model.observation import Trouble
from grader.model.verdict import Mark
from grader.reports.words import Words

BINS = 10


@dataclass(frozen=True)
class Row:
    """One student of a class, as slim as can be; `points` are by task, None where withheld.

    `findings` counts by task the students' parts as `right`, `mistake`, `unexplained`, `missing`, or as `awaiting`
    a person or `withheld`; `reasons` say by task why a mark is withheld, `faults` what went wrong on our side;
    `other_ticket` names tasks that were answered without being asked, and those that were asked.
    """

    student: str
    name: str
    href: str
    status: Status
    points: dict[str, Fraction | None]
    total: Fraction | None
    findings: dict[str, str]
    possible: Fraction = Fraction(0)
    codes: tuple[tuple[str, str], ...] = ()
    other_ticket: tuple[str, str] | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def row(record: Record, href: str = "") -> Row:
    """The row of one student; `href` leads from the class page to the student's."""
    return Row(
        student=record.student.id,
        name=record.student.name,
        href=href,
        status=record.status,
        points={mark.task: mark.points for mark in record.marks},
        total=record.points if record.marks else None,
        findings={mark.task: column_of(mark) for mark in record.marks},
        possible=record.possible,
        other_ticket=_other_ticket(record),
        codes=tuple(
            (f"{verdict.task}.{verdict.part}", code)
            for mark in record.marks
            for verdict in mark.verdicts
            for code in verdict.codes
        ),
        reasons={
            mark.task: mark.reason
            for mark in record.marks
            if mark.points is None and mark.reason != "not_submitted"
        },
        faults=dict(_faults(record)),
    )


def _other_ticket(record: Record) -> tuple[str, str] | None:
    """What was answered without being asked, and what was asked."""
    for remark in record.remarks:
        if remark.code == "other_ticket":
            return remark.detail["tasks"], remark.detail["asked"]
    return None


def _faults(record: Record) -> Iterator[tuple[str, str]]:
    """Of each task that met with a fault of ours, what it was."""
    for mark in record.marks:
        for key, observation in sorted(record.observations.items()):
            if observation.outcome == "faulted" and key.startswith(f"{mark.task}/"):
                trouble = observation.trouble or Trouble("")
                yield mark.task, " ".join(filter(None, (trouble.kind, trouble.message)))
                break


def column_of(mark: Mark) -> str:
    """Where a task of one student is counted: the worst thing that can be said of it, in one word."""
    findings = {verdict.finding for verdict in mark.verdicts}
    if mark.points is None and mark.reason != "not_submitted":
        return "awaiting" if mark.reason in ("undecided", "awaiting") else "withheld"
    if findings <= {"missing"}:
        return "missing"
    if findings <= {"right", "followed"}:
        return "right"
    told = {"right", "followed", "misconception", "missing", "ticked"}
    return "mistake" if findings <= told else "unexplained"


@dataclass
class TaskCensus:
    """What there is of one task."""

    total: Fraction = Fraction(0)
    marked: int = 0
    columns: Counter[str] = field(default_factory=Counter)
    codes: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def mean(self) -> Fraction | None:
        """Mean of the marks that are known."""
        return self.total / self.marked if self.marked else None


@dataclass
class Census:
    """What there is of a class; `bins` counts totals by tenths of what could be earned.

    `possible` is what everyone could earn, None where that differs; `shares` sums up totals as shares of it.
    """

    possible: Fraction | None
    tasks: dict[str, TaskCensus]
    students: int = 0
    total: Fraction = Fraction(0)
    shares: Fraction = Fraction(0)
    settled: int = 0
    bins: list[int] = field(default_factory=lambda: [0] * BINS)

    def add(self, counted: Row) -> None:
        """Count one student."""
        self.students += 1
        for name, points in counted.points.items():
            task = self.tasks.setdefault(name, TaskCensus())
            task.columns[counted.findings[name]] += 1
            if points is not None:
                task.total += points
                task.marked += 1
        for place, code in counted.codes:
            self.tasks.setdefault(place.split(".")[0], TaskCensus()).codes[place, code] += 1
        possible = self.possible_of(counted)
        if counted.total is not None and possible:
            self.settled += 1
            self.total += counted.total
            self.shares += counted.total / possible
            self.bins[min(BINS - 1, int(counted.total / possible * BINS))] += 1

    def possible_of(self, counted: Row) -> Fraction:
        """What one student could earn."""
        return counted.possible or self.possible or Fraction(0)

    @property
    def mean(self) -> Fraction | None:
        """Mean of the totals that are known."""
        return self.total / self.settled if self.settled else None

    @property
    def share(self) -> Fraction | None:
        """Mean of the totals that are known, each as a share of what could be earned."""
        return self.shares / self.settled if self.settled else None


def census_of(assignment: Assignment, rows: Iterable[Row]) -> Census:
    """Count every row once."""
    census = Census(assignment.points, {name: TaskCensus() for name in assignment.asked})
    possible: set[Fraction] = set()
    for counted in rows:
        census.add(counted)
        possible.add(census.possible_of(counted))
    if possible:
        census.possible = possible.pop() if len(possible) == 1 else None
    return census


def diagnosis_text(assignment: Assignment, words: Words, place: str, code: str) -> str:
    """The sentence of a diagnosis without dealt values: `{unit}` stands for what differs between students."""
    name, _, part = place.partition(".")
    task: Task | None = assignment.tasks.get(name)
    said = sentences(task.part(part)) if task and any(p.name == part for p in task.parts) else {}
    if code in said:
        return assignment.say(words.language, said[code])
    short = f"diagnosis.{code}.short"
    return (
        words.first(short, f"diagnosis.{code}")
        if words.knows(short) or words.knows(f"diagnosis.{code}")
        else code
    )
