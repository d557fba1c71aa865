"""A course with dealt tasks, and a delivery to it that is graded from end to end."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.author.assignment import Assignment
from grader.author.loading import load_assignment
from grader.judge.dealing import cases_of, deal
from grader.ledger import Ledger
from grader.model.gradebook import Record
from grader.workflow.grading import Request, grade
from grader.workflow.opening import LEDGER
from grader.workflow.publishing import page_name
from tests.hostile._stage import Stage

SHARE = '''"""Your share

Everyone is dealt a number of their own: compute the square of {n}.
"""
from grader.author import Answer, Task
from grader.comparators.value import Value

square = Answer("square", 2, Value())


@square.oracle
def right(n):
    return n * n


task = Task([square], variants=lambda rng: {"n": rng.randrange(1000, 10**9)})
'''

HONEST = "import numpy as np\n\n\ndef spread(xs):\n    return float(np.var(xs))\n"


@dataclass
class Graded:
    """What came of a delivery: records by student, and the folder with everything that was written."""

    assignment: Assignment
    records: dict[str, Record]
    run: Path

    def points(self, student: str) -> dict[str, Any]:
        """Task → points of one student."""
        return {mark.task: mark.points for mark in self.records[student].marks}

    def page(self, student: str) -> str:
        """The page of one student."""
        return (self.run / "feedback" / page_name(student)).read_text("utf-8")

    def hidden(self) -> list[str]:
        """How the numbers of the hidden cases may be written down."""
        task = self.assignment.tasks["variation"]
        cases = cases_of(self.assignment, task, task.parts[0], {})
        numbers = [number for case in cases if not case.public for number in case.arguments[0]]
        return [form for number in numbers for form in (repr(number)[:9], number.hex()[:10])]

    def written(self) -> str:
        """All text that a student or an instructor may be shown."""
        files = [file for file in self.run.rglob("*") if file.suffix in (".html", ".csv", ".json")]
        return "\n".join(file.read_text("utf-8") for file in files)


def notebook(*cells: str, **extra: Any) -> str:
    """A notebook with code cells; `extra` goes into each of them."""
    made = [
        {"cell_type": "code", "source": text, "outputs": [], "execution_count": None, "metadata": {}, **extra}
        for text in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


def answer_of(assignment: Assignment, student: str) -> int:
    """The right answer to the dealt task."""
    return int(deal(assignment, student)["share"]["n"]) ** 2


class Course:
    """A stage's course with the dealt task added; grades whole deliveries."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.stage = Stage(folder / "stage")
        self.stage.enter(patch)
        (self.stage.course / "share.py").write_text(SHARE)
        self.stage.changes()
        self.assignment = load_assignment(self.stage.course)

    def grade(self, name: str, delivery: Path) -> Graded:
        """Grade a delivery into a run folder of that name."""
        run = self.folder / name
        grade(Request(str(self.stage.course), delivery, run, language="en"), lambda *rest: None, "A")
        with Ledger(run / LEDGER) as ledger:
            records = {entry.student: entry.record for entry in ledger.entries()}
        return Graded(self.assignment, records, run)

    def hand_in(self, name: str, files: dict[str, str | bytes]) -> Path:
        """Write a delivery: file below the delivery's folder → content."""
        delivery = self.folder / name
        for file, content in files.items():
            path = delivery / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return delivery
