"""Judging the recorded observations again: no student code runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.author.assignment import Assignment
from grader.errors import Fault, UsageError
from grader.judge.expecting import Expectations
from grader.ledger import Entry, Ledger
from grader.ledger.book import PUBLISHED
from grader.model.tick import Tick
from grader.model.verdict import Mark
from grader.workflow.judging import fingerprint_of_judge, judged, moved, not_submitted, posed_to
from grader.workflow.opening import LEDGER, open_assignment
from grader.workflow.publishing import publish
from grader.workflow.starting import same_run


@dataclass(frozen=True)
class Move:
    """A mark that is another one now."""

    student: str
    task: str
    before: Mark
    after: Mark


@dataclass(frozen=True)
class Remarked:
    """What judging again changed.

    stale        students who must be graded: their inputs have changed, or an interrupted run has not reached them
    withheld     how many have no marks through our fault
    unpublished  student → why there is no page
    """

    students: int
    moves: tuple[Move, ...]
    stale: tuple[str, ...]
    withheld: int = 0
    unpublished: Mapping[str, str] = field(default_factory=dict)


def open_run(run: Path) -> Path:
    """The ledger of a run. Raises `UsageError` where there is none."""
    file = run / LEDGER
    if not file.is_file():
        remedy = "Give the folder that `grader grade … -o` wrote."
        raise UsageError([Fault(str(run), "U114", f"is no run folder: it has no {LEDGER}", remedy)])
    return file


def assignment_of(ledger: Ledger, given: str) -> Assignment:
    """The assignment of a run: the one given, else the folder that it was graded from."""
    name = given or ledger.fact("assignment") or ""
    assignment = open_assignment(name, recorded=ledger.fact("tickets") or "")
    same_run(ledger, assignment)
    return assignment


def remark(run: Path, given: str = "") -> Remarked:
    """Judge everyone of a run again from the ledger, and write pages and gradebook anew."""
    with Ledger(open_run(run)) as ledger:
        assignment = assignment_of(ledger, given)
        expectations = Expectations(assignment)
        moves: list[Move] = []
        stale = unmarked(ledger)
        withheld = 0
        for entry in ledger.entries():
            if not same_inputs(assignment, entry):
                stale.append(entry.student)
                continue
            fresh = judged_again(expectations, entry, ledger.ticks(entry.student))
            moves += _moves(entry, fresh)
            withheld += fresh.record.status == "withheld"
            if fresh != entry:
                ledger.write(fresh)
        failed = publish(assignment, expectations, ledger, run)
        students = len(ledger.delivered())
        return Remarked(students, tuple(moves), tuple(sorted(stale)), withheld, failed)


def unmarked(ledger: Ledger) -> list[str]:
    """Students whom an interrupted run has not reached."""
    known = ledger.fingerprints()
    return [student for student in ledger.delivered() if student not in known]


def same_inputs(assignment: Assignment, entry: Entry) -> bool:
    """Whether the student would be posed what the entry was judged by."""
    if entry.record.status == "not_submitted":
        return True
    try:
        _, posed = posed_to(assignment, entry.student)
    except Exception:  # noqa: BLE001 - an author's function that fails for one variant spares the others
        return False
    return posed == entry.posed


def judged_again(expectations: Expectations, entry: Entry, ticks: tuple[Tick, ...]) -> Entry:
    """The entry with a record that is judged anew from its observations and from what people have ticked."""
    old, assignment = entry.record, expectations.assignment
    if old.status == "not_submitted":
        record = not_submitted(assignment, old.student)
    else:
        record = judged(
            expectations, old.student, old.observations, old.remarks, old.fingerprint, old.isolation, ticks
        )
    judge = fingerprint_of_judge(assignment, old.student)
    same = record.marks == old.marks and record.late == old.late
    page = entry.page if same and judge == entry.assignment else ""
    return replace(entry, assignment=judge, record=record, page=page)


def _moves(before: Entry, after: Entry) -> Iterator[Move]:
    for task, (old, new) in moved(before.record, after.record).items():
        yield Move(before.student, task, old, new)


def report(run: Path, given: str = "") -> Remarked:
    """Write the pages, the class page and the gradebook of a run anew; nothing is judged."""
    with Ledger(open_run(run)) as ledger:
        assignment = assignment_of(ledger, given)
        statuses = []
        for entry in ledger.entries():
            ledger.rendered(entry.student, "")
            statuses.append(entry.record.status)
        ledger.note({PUBLISHED: ""})
        failed = publish(assignment, Expectations(assignment), ledger, run)
        return Remarked(len(statuses), (), tuple(unmarked(ledger)), statuses.count("withheld"), failed)
