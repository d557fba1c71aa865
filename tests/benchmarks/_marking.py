"""All the work on one submission in a plain process: `python _marking.py ASSIGNMENT TICKETS STUDENT PAGE ROOT FILE…`.

It reads the files, runs what there is to run, makes the calls, judges what came back and writes the page, as `grade`
does, but in one process for each submission and without a box.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import numpy  # noqa: F401 - what the warm process has, this one imports
import sympy  # noqa: F401 - the same
from msgspec import Raw

from grader.bundles._handed import Handed
from grader.guest import plain
from grader.judge.expecting import Expectations
from grader.model.gradebook import Student
from grader.model.job import Call, Read
from grader.model.observation import MISSING, Observation, Trouble
from grader.reports import html
from grader.reports.page import gather
from grader.workflow.judging import judged, posed_to
from grader.workflow.opening import open_assignment
from grader.workflow.reading import asked_in_writing, read_submission, with_written_answers

_MAGIC = re.compile(r"^[%!]", re.MULTILINE)


def observed(question: Call | Read, names: dict[str, Any]) -> Observation:
    """What came of a call or a read."""
    try:
        if isinstance(question, Call):
            value = names[question.entry](*question.arguments) if question.entry in names else None
        else:
            value = next((names[name] for name, *_ in question.names if name in names), None)
        return MISSING if value is None else Observation("returned", Raw(plain.dumps(value)))
    except BaseException as error:  # noqa: BLE001 - one call that fails costs only itself
        return Observation("raised", trouble=Trouble(type(error).__name__, str(error)))


def main(assignment_folder: str, tickets: str, student: str, page: str, root: str, *files: str) -> None:
    """Mark `files` and write `page`."""
    assignment = open_assignment(Path(assignment_folder), Path(tickets))
    handed = Handed(student, tuple(map(Path, files)), Path(root), ())
    submission = read_submission(handed, asked_in_writing(assignment))
    names: dict[str, Any] = {"__name__": student}
    for source in submission.sources:
        for cell in source.cells:
            try:
                exec(compile(_MAGIC.sub("#", cell), source.name, "exec"), names)
            except BaseException as error:  # noqa: BLE001 - what was defined before it can be called
                print(type(error).__name__)
    calls, _ = posed_to(assignment, student)
    observations = {question.key: observed(question, names) for question in calls}
    observations = with_written_answers(submission, calls, observations)
    expectations = Expectations(assignment)
    remarks, fingerprint = submission.remarks, submission.fingerprint
    record = judged(expectations, Student(student), observations, remarks, fingerprint, "")
    Path(page).write_text(html.render(gather(assignment, expectations, record, "ru")), "utf-8")
    print(*(mark.points for mark in record.marks))


if __name__ == "__main__":
    main(*sys.argv[1:])
