"""What people and systems read of a run: pages, the class page, the gradebook."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import msgspec

from grader import plugins
from grader.author.assignment import Assignment
from grader.judge.elsewhere import Elsewhere, Match
from grader.judge.expecting import Expectations
from grader.ledger import Entry, Ledger
from grader.ledger.book import PUBLISHED
from grader.model.gradebook import Record
from grader.reports import census, class_overview, html
from grader.reports.page import gather
from grader.workflow.verifying import shortfall

CLASS = "class"
"""The fact that says whether a roster or tickets name the class."""
PAGES = "feedback"
LONGEST_NAME = 200
"""Bytes of a page's name; file systems take 255, and a name in the making is a little longer."""
_FITTING = re.compile(r"[\w@%+=,()-](?:[\w@%+=,() .-]*[\w@%+=,()-])?")
_HALF_WRITTEN = re.compile(r"\..+\.(html|csv|json)\.\d+")


def page_name(student: str) -> str:
    """File name of a student's page: the id with everything but letters, digits and `-_@.~ ` escaped.

    An id that is too long for a file name is cut, and its hash keeps it apart from others.
    """
    name = "".join(c if c.isalnum() or c in "-_@ " else quote(c, safe="") for c in student)
    if name.startswith("."):
        name = f"%2E{name[1:]}"  # no hidden files
    if len(name.encode()) > LONGEST_NAME:
        head = name.encode()[: LONGEST_NAME - 17].decode(errors="ignore")
        name = f"{head}-{sha256(student.encode()).hexdigest()[:16]}"
    return f"{name}.html"


def file_name(student: str) -> str:
    """How the files of a student are called: by the id, so that a sheet that comes back finds its student.

    An id that cannot be a file's name everywhere is escaped, as that of the page is.
    """
    fits = _FITTING.fullmatch(student) and len(student.encode()) <= LONGEST_NAME
    return student if fits else page_name(student).removesuffix(".html")


def write_atomically(file: Path, text: str) -> None:
    """Write a file so that readers and interruptions find the old one or the new one, never a half."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    fresh.write_text(text, "utf-8")
    fresh.replace(file)


def render_page(
    assignment: Assignment, expectations: Expectations, ledger: Ledger, entry: Entry, run: Path
) -> str:
    """Write the page of one student and note it in the ledger; why it could not be written, or nothing.

    A page that fails is our fault: it must neither stop the batch nor cost anybody the mark.
    """
    try:
        page = html.render(gather(assignment, expectations, entry.record, entry.record.student.language))
    except Exception as error:  # noqa: BLE001 - whatever a report trips over is told at the end of the run
        return f"{type(error).__name__}: {error}"
    write_atomically(run / PAGES / page_name(entry.student), page)
    ledger.rendered(entry.student, entry.assignment)
    return ""


def publish(assignment: Assignment, expectations: Expectations, ledger: Ledger, run: Path) -> dict[str, str]:
    """Write what is missing or out of date: pages of an interrupted run, the gradebook, the class page.

    Gives the students whose pages could not be written, with the reason.
    """
    fingerprints = ledger.fingerprints()
    marked = [student for student in ledger.delivered() if student in fingerprints]
    digest = sha256(f"{assignment.fingerprint}\0{ledger.fact(CLASS) or ''}\0".encode())
    failed: dict[str, str] = {}
    for student in marked:
        submission, judge, page, _ = fingerprints[student]
        digest.update(f"{student}\0{submission}\0{judge}\0".encode())
        if page != judge or not (run / PAGES / page_name(student)).exists():
            entry = ledger.find(student)
            assert entry is not None, "its fingerprints come from the same table"
            why = render_page(assignment, expectations, ledger, entry, run)
            failed |= {student: why} if why else {}
    _remove_strangers(run, set(marked))
    _publish_gradebook(expectations, ledger, run, digest.hexdigest())
    return failed


def _publish_gradebook(expectations: Expectations, ledger: Ledger, run: Path, digest: str) -> None:
    assignment = expectations.assignment
    files = {name: run / f"gradebook.{name}" for name in ("csv", "json")}
    overview = run / "class.html"
    written = all(file.exists() for file in (*files.values(), overview))
    if written and ledger.fact(PUBLISHED) == digest:
        return
    weak = shortfall(ledger)
    for name, file in files.items():
        exporter = plugins.load("grader.exporters", name)
        exporter.export((_as_verified(entry.record, weak) for entry in ledger.entries()), assignment, file)
    language = assignment.decisions.language
    rows = (
        census.row(entry.record, f"{PAGES}/{quote(page_name(entry.student))}") for entry in ledger.entries()
    )
    matches = right_elsewhere(expectations, ledger)
    write_atomically(overview, class_overview.render(assignment, rows, language, matches))
    ledger.note({PUBLISHED: digest})


def right_elsewhere(expectations: Expectations, ledger: Ledger) -> list[Match]:
    """Answers that are right for the numbers of somebody else of the class; none where the class is not known.

    Ids that stand in no roster may be anything, and dealing to all of them costs more than marking them.
    """
    if not ledger.fact(CLASS):
        return []
    elsewhere = Elsewhere(expectations, ledger.delivered())
    return [match for entry in ledger.entries() for match in elsewhere.matches(entry.record)]


def _remove_strangers(run: Path, students: set[str]) -> None:
    """Take away pages of students who do not belong to the run any more, and what a killed run left half-written."""
    expected = {page_name(student) for student in students}
    for file in (run / PAGES).glob("*.html"):
        if file.name not in expected:
            file.unlink()
    for file in (*run.glob(".*"), *(run / PAGES).glob(".*")):
        if _HALF_WRITTEN.fullmatch(file.name):
            file.unlink(missing_ok=True)


def _as_verified(record: Record, weak: str) -> Record:
    """The record with the level as it was verified: "A 13/14" where an attack was not withstood."""
    return msgspec.structs.replace(record, isolation=record.isolation + weak) if weak else record
