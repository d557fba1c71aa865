"""Print what a student of the colloquium is dealt, with the right answers where they are typed by hand.

Names of tasks behind the student's limit it to these, whether or not the colloquium lists them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from grader.author.answerable import answerable
from grader.author.loading import load_assignment
from grader.author.parts import Answer, Text
from grader.author.readings import convention_settings, full_reading, names_bearing
from grader.judge.dealing import deal
from grader.judge.expecting import Expectations

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.specimens.answering import COLLOQUIUM, asking


def main(student: str, *tasks: str) -> None:
    """Print variants and right answers, task by task."""
    whole = load_assignment(COLLOQUIUM)
    assignment = asking(*tasks) if tasks else whole
    hand = deal(assignment, student)
    expectations = Expectations(assignment)
    for name, task in assignment.tasks.items():
        print(f"== {name}: {task.title}")
        for parameter, value in hand[name].items():
            print(f"   {parameter} = {value}")
        for part in answerable(task, assignment.tasks, whole.tasks).parts:
            if not isinstance(part, Answer) or isinstance(part, Text):
                continue
            for setting in convention_settings(task, names_bearing(task, part)):
                value = expectations.expected(task, part, 0, full_reading(part, setting), hand, {})
                under = " ".join(str(value) for _, value in setting)
                print(f"   {name}_{part.name} [{under}] -> {value!r}")


if __name__ == "__main__":
    main(*sys.argv[1:])
