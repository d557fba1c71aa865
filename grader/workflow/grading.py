"""Grading a delivery: resumable, in any order, with any number of workers, and the same bytes come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from grader import plugins
from grader.author.assignment import Assignment
from grader.bundles._handed import Handed
from grader.formats._headings import Asked
from grader.judge.expecting import Expectations
from grader.ledger import Entry, Ledger
from grader.model.gradebook import Record, Student
from grader.model.job import Call, Job, Outcomes, Read
from grader.model.submission import Submission
from grader.workflow.arriving import timed
from grader.workflow.delivery import Delivery, open_delivery, ticket_holders
from grader.workflow.judging import fingerprint_of_judge, judged, not_submitted, posed_to, withheld
from grader.workflow.off_ticket import off_ticket
from grader.workflow.opening import LEDGER, open_assignment
from grader.workflow.publishing import publish, render_page
from grader.workflow.reading import (
    asked_in_writing,
    looked_for,
    read_submission,
    unreadable,
    with_written_answers,
)
from grader.workflow.starting import facts_of, prepared, recorded_tickets, refuse_backend, same_run
from grader.workflow.verifying import SAFE, Verification, refuse_unsafe


@dataclass(frozen=True)
class Request:
    """What `grader grade` was asked: see its options."""

    assignment: str
    submissions: Path
    run: Path
    roster: Path | None = None
    language: str = ""
    workers: int = 1
    backend: str = "local"
    allow_unsafe: bool = False
    tickets: Path | None = None
    times: Path | None = None


@dataclass
class Tally:
    """What a run did: how many were posed, judged again, or already known, and how many are withheld.

    `unpublished` says for each student without a page why there is none.
    """

    students: int = 0
    posed: int = 0
    judged_again: int = 0
    known: int = 0
    withheld: int = 0
    unpublished: dict[str, str] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()
    cpu_seconds: float = 0.0


@dataclass
class _Waiting:
    """What is needed to judge a student when the box has answered."""

    student: Student
    submission: Submission
    calls: tuple[Call | Read, ...] = ()
    posed: str = ""
    fault: str = ""


Watch = Callable[[int, int, str], None]
"""Called with (done, in all, student) whenever one more student is done."""


@dataclass
class Grading:
    """One grading of one delivery into one run folder."""

    request: Request
    assignment: Assignment
    delivery: Delivery
    ledger: Ledger
    watch: Watch
    isolation: str = ""
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self.expectations = Expectations(self.assignment)
        self.asked: Asked = asked_in_writing(self.assignment)
        self.waiting: dict[str, _Waiting] = {}
        self.again: list[Handed] = []
        self.verification = Verification()

    def run(self) -> Tally:
        """Mark everyone who is not marked yet, then write what people and systems read."""
        known = self.ledger.fingerprints()
        self.tally.students = len(self.delivery.students)
        self.tally.strangers = self.delivery.strangers
        self.ledger.deliver(self.delivery.students)
        backend = plugins.load("grader.backends", self.request.backend)
        for outcomes in backend.run(self._jobs(known), self.request.workers):
            self._finish(outcomes)
        stale = [one for one in self.again if not self._rejudged(one)]
        jobs = (self._job(one.student, read_submission(one, self.asked)) for one in stale)
        for outcomes in backend.run(jobs, self.request.workers):
            self._finish(outcomes)
        self._absent(known)
        self.verification.note(self.ledger)
        return self.tally

    def _jobs(self, known: dict[str, tuple[str, str, str, str]]) -> Iterator[Job]:
        """Jobs for what is new; what is known is left alone, what only needs judging is set aside.

        May be consumed in any thread, so it stays away from the ledger.
        """
        for handed in self.delivery.handed:
            submission = read_submission(handed, self.asked)
            before = known.get(handed.student)
            if before is None or before[0] != submission.fingerprint or before[3] == "withheld":
                yield self._job(handed.student, submission)
            elif before[1] != self._judge(handed.student):
                self.again.append(handed)
            else:
                self._done(handed.student, "known")

    def _job(self, student: str, submission: Submission) -> Job:
        submission = looked_for(submission, self.assignment.asked_of(student))
        waiting = self.waiting[student] = _Waiting(self._student(student), submission)
        try:
            waiting.calls, waiting.posed = posed_to(self.assignment, student)
        except Exception as error:  # noqa: BLE001 - an author's function that fails for one variant spares the others
            waiting.fault = f"{type(error).__name__}: {error}"
        sources = tuple(source for source in submission.sources if source.cells)
        runnable = () if unreadable(submission) or not sources else waiting.calls
        if runnable:
            self.verification.start()
        decisions = self.assignment.decisions
        return Job(
            student, sources, runnable, decisions.limits, self.assignment.repairs, dict(self.assignment.given)
        )

    def _finish(self, outcomes: Outcomes) -> None:
        waiting = self.waiting.pop(outcomes.student)
        submission = waiting.submission
        self.tally.cpu_seconds += outcomes.cpu_seconds
        remarks = (*submission.remarks, *outcomes.remarks)
        if waiting.fault:
            marks = withheld(self.assignment, outcomes.student, waiting.fault)
            record = Record(
                waiting.student, "withheld", marks, remarks, {}, submission.fingerprint, self.isolation
            )
        else:
            observations = with_written_answers(submission, waiting.calls, outcomes.observations)
            remarks += off_ticket(self.assignment, outcomes.student, submission, observations)
            record = judged(
                self.expectations,
                waiting.student,
                observations,
                remarks,
                submission.fingerprint,
                self.isolation,
                self.ledger.ticks(outcomes.student),
            )
        judge = self._judge(outcomes.student)
        self._keep(Entry(outcomes.student, submission.fingerprint, judge, waiting.posed, record), "posed")

    def _rejudged(self, handed: Handed) -> bool:
        """Judge what was observed before; not where the submission is another one, or other inputs are posed now."""
        before = self.ledger.find(handed.student)
        if before is None or before.submission != read_submission(handed, self.asked).fingerprint:
            return False
        try:
            _, posed = posed_to(self.assignment, handed.student)
        except Exception:  # noqa: BLE001 - told when it is posed anew
            return False
        if before.posed != posed:
            return False
        old = before.record
        record = judged(
            self.expectations,
            self._student(handed.student),
            old.observations,
            old.remarks,
            old.fingerprint,
            old.isolation,
            self.ledger.ticks(handed.student),
        )
        judge = self._judge(handed.student)
        self._keep(replace(before, assignment=judge, record=record, page=""), "judged_again")
        return True

    def _absent(self, known: dict[str, tuple[str, str, str, str]]) -> None:
        handed = {one.student for one in self.delivery.handed}
        for student in self.delivery.students:
            if student in handed:
                continue
            judge = self._judge(student)
            if known.get(student, ("", "", "", ""))[:2] == ("", judge):
                self._done(student, "known")
                continue
            record = not_submitted(self.assignment, self._student(student))
            self._keep(Entry(student, "", judge, "", record), "judged_again")

    def _keep(self, entry: Entry, how: str) -> None:
        self.ledger.write(entry)
        render_page(self.assignment, self.expectations, self.ledger, entry, self.request.run)
        self.tally.withheld += entry.record.status == "withheld"
        self._done(entry.student, how)

    def _judge(self, student: str) -> str:
        """Fingerprint of everything but observations that decides a record and its page."""
        return fingerprint_of_judge(self.assignment, self._student(student))

    def _student(self, student: str) -> Student:
        language = self.request.language or self.assignment.decisions.language
        known = self.delivery.students[student]
        return msgspec.structs.replace(known, language=known.language or language)

    def _done(self, student: str, how: str) -> None:
        setattr(self.tally, how, getattr(self.tally, how) + 1)
        done = self.tally.posed + self.tally.judged_again + self.tally.known
        self.watch(done, self.tally.students, student)


def grade(request: Request, watch: Watch, isolation: str) -> tuple[Assignment, Tally]:
    """Mark a delivery into `request.run`. Raises `UsageError` or `AuthoringError` before anything is written."""
    refuse_backend(request.backend)
    refuse_unsafe(isolation, request.allow_unsafe)
    assignment = open_assignment(request.assignment, request.tickets, recorded_tickets(request.run))
    delivery = open_delivery(request.submissions, request.roster, assignment.tickets)
    delivery = timed(delivery, assignment.decisions.hour.start, request.times)
    folder = prepared(request.run, request.submissions)
    with Ledger(folder / LEDGER) as ledger:
        same_run(ledger, assignment)
        ledger.note(facts_of(assignment, known=bool(request.roster or ticket_holders(assignment.tickets))))
        marked = isolation if isolation in SAFE else f"{isolation} unsafe"
        marked += " processes" if assignment.decisions.limits.allow_processes else ""
        grading = Grading(request, assignment, delivery, ledger, watch, marked)
        tally = grading.run()
        tally.unpublished = publish(assignment, grading.expectations, ledger, folder)
    return assignment, tally
