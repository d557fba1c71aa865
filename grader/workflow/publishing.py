"""What people and systems read of a run: pages, the class page, the gradebook."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from grader import plugins
from grader.author.assignment import Assignment
from grader.judge.expecting import Expectations
from grader.ledger import Entry, Ledger
from grader.reports import census, class_overview, html
from grader.reports.page import gather

PAGES = "feedback"


def page_name(student: str) -> str:
    """File name of a student's page: the id with everything but letters, digits and `-_.@ ` escaped."""
    name = "".join(
        c if c.isalnum() or c in "-_@ " else quote(c, safe="") for c in student.replace("%", "%25")
    )
    return f"{name}.html"


def write_atomically(file: Path, text: str) -> None:
    """Write a file so that readers and interruptions find the old one or the new one, never a half."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    fresh.write_text(text, "utf-8")
    fresh.replace(file)


def render_page(
    assignment: Assignment, expectations: Expectations, ledger: Ledger, entry: Entry, run: Path
) -> None:
    """Write the page of one student and note it in the ledger."""
    page = gather(assignment, expectations, entry.record, entry.record.student.language)
    write_atomically(run / PAGES / page_name(entry.student), html.render(page))
    ledger.rendered(entry.student, entry.assignment)


def publish(assignment: Assignment, expectations: Expectations, ledger: Ledger, run: Path) -> None:
    """Write what is missing or out of date: pages of an interrupted run, the gradebook, the class page."""
    delivered = ledger.delivered()
    fingerprints = ledger.fingerprints()
    digest = sha256(assignment.fingerprint.encode())
    for student in delivered:
        submission, judge, page, _ = fingerprints[student]
        digest.update(f"{student}\0{submission}\0{judge}\0".encode())
        if page != judge or not (run / PAGES / page_name(student)).exists():
            entry = ledger.find(student)
            assert entry is not None, "its fingerprints come from the same table"
            render_page(assignment, expectations, ledger, entry, run)
    _remove_strangers(run, set(delivered))
    files = {name: run / f"gradebook.{name}" for name in ("csv", "json")}
    overview = run / "class.html"
    written = all(file.exists() for file in (*files.values(), overview))
    if written and ledger.fact("published") == digest.hexdigest():
        return
    for name, file in files.items():
        exporter = plugins.load("grader.exporters", name)
        exporter.export((entry.record for entry in ledger.entries()), assignment, file)
    language = assignment.decisions.language
    rows = (
        census.row(entry.record, f"{PAGES}/{quote(page_name(entry.student))}")
        for entry in ledger.entries()
    )
    write_atomically(overview, class_overview.render(assignment, rows, language))
    ledger.note({"published": digest.hexdigest()})


def _remove_strangers(run: Path, students: set[str]) -> None:
    """Take away pages of students who do not belong to the run any more."""
    expected = {page_name(student) for student in students}
    for file in (run / PAGES).glob("*.html"):
        if file.name not in expected:
            file.unlink()
