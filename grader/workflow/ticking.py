"""Ticking: what people have decided about texts goes into the ledger, and the marks follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.author.assignment import Assignment
from grader.author.parts import Text
from grader.author.tasks import Task
from grader.errors import Fault, UsageError
from grader.exporters.csv import guarded
from grader.guest import plain
from grader.judge.dealing import call_key, deal
from grader.judge.expecting import Expectations
from grader.ledger import Entry, Ledger
from grader.model.tick import Tick, fingerprint_of_text
from grader.reports.texts import LONGEST_PROSE, prose_of
from grader.workflow.publishing import publish
from grader.workflow.remarking import assignment_of, judged_again, open_run
from grader.workflow.tick_files import Row, read_rows, written_rows

SHEET = ("student", "name", "task", "part", "criterion", "says", "met", "comment", "answer", "prose")
Place = tuple[str, str, str, str]
"""Student, task, part, criterion."""


@dataclass(frozen=True)
class Ticked:
    """What ticking did.

    decided      criteria that were ticked or crossed, some of them for the first time
    changed      those of them that had been decided otherwise
    marked       texts that are marked now and were not before
    awaiting     (student, task, part) of every text of the run that still awaits a person
    unpublished  student → why there is no page
    """

    decided: int
    changed: int
    marked: int
    awaiting: tuple[tuple[str, str, str], ...]
    unpublished: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Handed:
    """A text that a student has handed in."""

    student: str
    name: str
    task: Task
    part: Text
    encoded: bytes

    @property
    def prose(self) -> str:
        """What the student wrote; what is no text, as Python shows it."""
        return prose_of(plain.loads(self.encoded))

    @property
    def fingerprint(self) -> str:
        """Of the text, so that no tick holds for another."""
        return fingerprint_of_text(self.encoded)


def tick(run: Path, file: Path | None, given: str = "") -> Ticked:
    """Take over the ticks of `file`, judge their students again, and publish; without a file, only count.

    Raises `UsageError` with every faulty row, before anything is written.
    """
    with Ledger(open_run(run)) as ledger:
        assignment = assignment_of(ledger, given)
        before = awaiting(assignment, ledger)
        decided, changed = 0, 0
        failed: dict[str, str] = {}
        if file is not None:
            ticks = _accepted(assignment, ledger, read_rows(file), file)
            decided = sum(map(len, ticks.values()))
            changed = sum(_changed(ledger.ticks(student), several) for student, several in ticks.items())
            ledger.tick(ticks)
            expectations = Expectations(assignment)
            for student in sorted(ticks):
                _judge_again(expectations, ledger, student)
            failed = publish(assignment, expectations, ledger, run)
        after = awaiting(assignment, ledger)
        return Ticked(decided, changed, len(set(before) - set(after)), tuple(after), failed)


def _judge_again(expectations: Expectations, ledger: Ledger, student: str) -> None:
    entry = ledger.find(student)
    assert entry is not None, "ticks are accepted for texts in the ledger only"
    ledger.write(judged_again(expectations, entry, ledger.ticks(student)))


def _changed(before: tuple[Tick, ...], after: list[Tick]) -> int:
    said = {(t.task, t.part, t.criterion, t.answer): t.met for t in before}
    return sum(said.get((t.task, t.part, t.criterion, t.answer), t.met) != t.met for t in after)


def sheet(run: Path, given: str = "") -> str:
    """A CSV table with a row for each open criterion of every text that awaits a person, to be filled in.

    What a person wrote stands in the first row of a text, as long as it is shown on the page; `answer` tells
    whether it is still the text that was read when the table comes back.
    """
    with Ledger(open_run(run)) as ledger:
        assignment = assignment_of(ledger, given)
        open_texts = set(awaiting(assignment, ledger))
        rows = [
            cells
            for entry in ledger.entries()
            for text in texts_of(assignment, entry)
            if (entry.student, text.task.name, text.part.name) in open_texts
            for cells in _sheet_rows(assignment, text, ledger.ticks(entry.student))
        ]
    return written_rows([SHEET, *rows])


def _sheet_rows(assignment: Assignment, text: Handed, ticks: tuple[Tick, ...]) -> Iterator[list[str]]:
    hand = deal(assignment, text.student)[text.task.name]
    of_text = {
        t.criterion: t
        for t in ticks
        if (t.task, t.part, t.answer) == (text.task.name, text.part.name, text.fingerprint)
    }
    prose = text.prose[:LONGEST_PROSE]
    for criterion in text.part.criteria:
        says = assignment.say(assignment.decisions.language, criterion.says, hand)
        done = of_text.get(criterion.code)
        met, comment = (("yes" if done.met else "no"), done.comment) if done else ("", "")
        whose = [text.student, text.name, text.task.name, text.part.name, criterion.code]
        yield [guarded(cell) for cell in (*whose, says, met, comment, text.fingerprint, prose)]
        prose = ""


def awaiting(assignment: Assignment, ledger: Ledger) -> list[tuple[str, str, str]]:
    """Student, task and part of every text that awaits a person."""
    return [
        (entry.student, verdict.task, verdict.part)
        for entry in ledger.entries()
        for mark in entry.record.marks
        for verdict in mark.verdicts
        if verdict.finding == "awaiting" and verdict.task in assignment.tasks
    ]


def texts_of(assignment: Assignment, entry: Entry) -> Iterator[Handed]:
    """The texts that a student has handed in, in the order of the tasks."""
    student = entry.record.student
    for task in assignment.tasks.values():
        for part in task.parts:
            seen = entry.record.observations.get(call_key(task, part, 0))
            if isinstance(part, Text) and seen is not None and seen.outcome == "returned":
                yield Handed(student.id, student.name, task, part, bytes(seen.value))


def _accepted(assignment: Assignment, ledger: Ledger, rows: list[Row], file: Path) -> dict[str, list[Tick]]:
    """Student → ticks. Raises `UsageError` with every row that cannot be one."""
    known = set(ledger.delivered())
    handed = {
        (one.student, one.task.name, one.part.name): one
        for student in {row.student for row in rows} & known
        if (entry := ledger.find(student)) is not None
        for one in texts_of(assignment, entry)
    }
    faults: list[Fault] = []
    first: dict[Place, Row] = {}
    ticks: dict[str, list[Tick]] = defaultdict(list)
    for row in rows:
        said = _fault_in_row(assignment, row, known, handed) or _again(row, first)
        if said is not None:
            faults.append(Fault(f"{file}:{row.line}", *said))
            continue
        first[row.place] = row
        answer = handed[row.student, row.task, row.part].fingerprint
        ticks[row.student].append(Tick(row.task, row.part, row.criterion, row.met, row.comment, answer))
    if faults:
        raise UsageError(faults)
    return dict(ticks)


def _fault_in_row(
    assignment: Assignment,
    row: Row,
    students: set[str],
    handed: Mapping[tuple[str, str, str], Handed],
) -> tuple[str, str, str] | None:
    """Code, problem and remedy."""
    if row.student not in students:
        return "U151", f"nobody in this run is called {row.student!r}", "Give an id of the gradebook."
    parts = {part.name: part for part in _texts(assignment.tasks.get(row.task))}
    if row.part not in parts:
        known = [f"{t.name}.{p.name}" for t in assignment.tasks.values() for p in _texts(t)]
        problem = f"{row.task}.{row.part} is no text of this assignment"
        return "U152", problem, f"Texts: {', '.join(known) or 'none'}."
    codes = [criterion.code for criterion in parts[row.part].criteria]
    if row.criterion not in codes:
        problem = f"{row.task}.{row.part} has no criterion {row.criterion!r}"
        return "U153", problem, f"Its criteria: {', '.join(codes)}."
    text = handed.get((row.student, row.task, row.part))
    if text is None:
        problem = f"{row.student} has handed in no text for {row.task}.{row.part}"
        return "U154", problem, "Take the row out: there is nothing to tick."
    if row.answer and row.answer != text.fingerprint:
        problem = (
            f"{row.student} has handed in another text for {row.task}.{row.part} since this sheet was written"
        )
        return "U155", problem, "Write a new sheet with --sheet, and read the new text."
    return None


def _texts(task: Task | None) -> Iterator[Text]:
    return (part for part in (task.parts if task else ()) if isinstance(part, Text))


def _again(row: Row, first: Mapping[Place, Row]) -> tuple[str, str, str] | None:
    earlier = first.get(row.place)
    if earlier is None:
        return None
    if earlier.met != row.met:
        problem = f"{row.criterion} of {row.student} is decided otherwise in line {earlier.line}"
        return "U156", problem, "Keep the row that holds."
    return "U157", f"line {earlier.line} decides the same", "Keep one of the rows."
