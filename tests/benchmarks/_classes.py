"""Classes of any size: the bundled students over and over, with their scripts, notebooks and answer sheets.

Numbers are dealt by id, so that a copy is asked about others than the student it is a copy of. Left out are
submissions that cost what their limits say, not what grading costs.
"""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

from grader.author.assignment import Assignment
from grader.author.parts import Answer, Part
from grader.author.readings import convention_settings, full_reading, names_used, single_readings
from grader.author.tasks import Task
from grader.judge.dealing import deal
from grader.judge.evidence import written
from grader.judge.expecting import Expectations
from tests.handing_in import assigned, literal, markdown, toml

DELIVERY = Path(__file__).resolve().parents[1] / "specimens" / "colloquium" / "delivery"
SLOW = ("loop", "memory")
BROKEN = ("filippov",)  # not text that could be continued
WRONG = 0.2
SHEETS = {".md": markdown, ".toml": toml}


def as_they_are(assignment: Assignment, count: int, folder: Path) -> None:
    """Fill `folder` with `count` copies, whose answers by hand are right for somebody else.

    The dearest class there is: the judge tries every mistake on every answer.
    """
    originals = sorted(entry for entry in DELIVERY.iterdir() if not any(word in entry.name for word in SLOW))
    for number in range(count):
        original = originals[number % len(originals)]
        target = folder / f"{number:06d}-{original.stem}"
        if original.is_dir():
            shutil.copytree(original, target)
        else:
            target.mkdir()
            shutil.copy(original, target / original.name)


def with_own_answers(
    assignment: Assignment, count: int, folder: Path, kinds: tuple[str, ...] = (".py", ".ipynb", *SHEETS)
) -> None:
    """Fill `folder` with `count` copies that go on with answers to their own numbers, one in five a mistake.

    A sheet holds nothing else.
    """
    kept = (file for file in DELIVERY.iterdir() if not any(word in file.name for word in (*SLOW, *BROKEN)))
    originals = sorted(file for file in kept if file.suffix in kinds)
    expectations, rng = Expectations(assignment), random.Random(1)
    for number in range(count):
        original = originals[number % len(originals)]
        student = f"{number:06d}-{original.stem}"
        answers = _answers(assignment, expectations, student, rng)
        (folder / f"{student}{original.suffix}").write_text(_continued(original, answers), "utf-8")


def _answers(
    assignment: Assignment, expectations: Expectations, student: str, rng: random.Random
) -> dict[tuple[Task, Part], Any]:
    hand = deal(assignment, student)
    answers: dict[tuple[Task, Part], Any] = {}
    for task in assignment.asked_of(student).values():
        for part in task.parts:
            if isinstance(part, Answer):
                setting = convention_settings(task, names_used(part))[0]
                wrong = single_readings(part, setting) if rng.random() < WRONG else []
                reading = rng.choice(wrong) if wrong else full_reading(part, setting)
                value = expectations.expected(task, part, 0, reading, hand, {})
                answers[task, part] = literal(written(part.compare, value))
    return answers


def _continued(original: Path, answers: dict[tuple[Task, Part], Any]) -> str:
    if original.suffix in SHEETS:
        return SHEETS[original.suffix]({}, answers)
    text = original.read_text("utf-8", errors="replace")
    more = "\n".join(assigned(answers))
    if original.suffix == ".py":
        return f"{text}\n\n{more}"
    notebook = json.loads(text)
    notebook["cells"].append(
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": more}
    )
    return json.dumps(notebook)
