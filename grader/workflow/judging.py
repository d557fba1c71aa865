"""From observations to a record; our own faults withhold marks, and never stop the batch."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256

import msgspec

from grader.author.assignment import Assignment
from grader.judge.dealing import calls_of, deal
from grader.judge.expecting import Expectations
from grader.judge.lateness import lateness
from grader.judge.marking import mark_student
from grader.model.given import encoded_arguments
from grader.model.gradebook import Record, Status, Student
from grader.model.job import Call, Read
from grader.model.observation import Observation
from grader.model.submission import Remark
from grader.model.tick import Tick
from grader.model.verdict import Mark

NOT_SUBMITTED = "not_submitted"
BY_A_PERSON = frozenset({"undecided", "awaiting"})
"""Reasons of open marks that only a person can settle."""


def judged(
    expectations: Expectations,
    student: Student,
    observations: dict[str, Observation],
    remarks: tuple[Remark, ...],
    fingerprint: str,
    isolation: str,
    ticks: tuple[Tick, ...] = (),
) -> Record:
    """Judge one student. Whatever goes wrong in here is ours: every mark is withheld with the reason."""
    assignment = expectations.assignment
    try:
        asked = assignment.asked_of(student.id).values()
        marks = mark_student(expectations, deal(assignment, student.id), observations, ticks, asked)
    except Exception as error:  # noqa: BLE001 - a fault of ours must withhold this mark and spare all others
        marks = withheld(assignment, student.id, f"{type(error).__name__}: {error}")
    late = lateness(assignment.decisions.hour, student)
    return Record(student, status_of(marks), marks, remarks, observations, fingerprint, isolation, late)


def withheld(assignment: Assignment, student: str, reason: str) -> tuple[Mark, ...]:
    """Marks of a student that are withheld, all for the same reason."""
    return tuple(Mark(t.name, None, t.points, (), reason) for t in assignment.asked_of(student).values())


def posed_to(assignment: Assignment, student: str) -> tuple[tuple[Call | Read, ...], str]:
    """What is posed to a student, and its fingerprint. Raises whatever the author's functions raise."""
    calls = calls_of(assignment, deal(assignment, student), asked=assignment.asked_of(student).values())
    return calls, fingerprint_of_calls(calls, assignment)


def status_of(marks: tuple[Mark, ...]) -> Status:
    """The state of a student's marks: the worst of them."""
    reasons = {mark.reason for mark in marks if mark.points is None}
    if not reasons:
        return "marked"
    return "awaiting_a_person" if reasons <= BY_A_PERSON else "withheld"


def not_submitted(assignment: Assignment, student: Student) -> Record:
    """The record of somebody on the roster who handed nothing in."""
    points = Fraction(0) if assignment.decisions.not_submitted == "zero" else None
    asked = assignment.asked_of(student.id).values()
    marks = tuple(Mark(t.name, points, t.points, (), NOT_SUBMITTED) for t in asked)
    return Record(student, "not_submitted", marks)


def fingerprint_of_calls(calls: tuple[Call | Read, ...], assignment: Assignment) -> str:
    """Hash of everything that decides what is observed of one submission."""
    digest = sha256(_surroundings(assignment))
    for call in calls:
        posed = encoded_arguments(call.arguments) if isinstance(call, Call) else _encoded_names(call)
        name = call.entry if isinstance(call, Call) else ""
        digest.update(f"{call.key} {name} {len(posed)} ".encode() + posed)
    return digest.hexdigest()


@lru_cache(maxsize=8)
def _surroundings(assignment: Assignment) -> bytes:
    """What decides observations besides the calls; everyone's is the same."""
    limits, given = assignment.decisions.limits, sorted(assignment.given.items())
    repairs = " ".join(sorted(assignment.repairs)).encode()
    return msgspec.json.encode(limits) + repairs + msgspec.json.encode(given)


@lru_cache(maxsize=4096)
def _encoded_names(read: Read) -> bytes:
    return repr(read.names).encode()


def fingerprint_of_judge(assignment: Assignment, student: Student) -> str:
    """Hash of everything but observations that decides a record and its page."""
    decisions = assignment.decisions
    when = (str(decisions.hour.start), student.handed_in, str(student.extra_minutes))
    decisive = (assignment.fingerprint, decisions.seed, student.name, student.language, *when)
    return sha256("\0".join((*decisive, *assignment.asked_of(student.id))).encode()).hexdigest()


def moved(before: Record, after: Record) -> Mapping[str, tuple[Mark, Mark]]:
    """Tasks whose mark is another one now: task → (before, after)."""
    old = {mark.task: mark for mark in before.marks}
    return {
        mark.task: (old[mark.task], mark)
        for mark in after.marks
        if mark.task in old and old[mark.task].points != mark.points
    }
