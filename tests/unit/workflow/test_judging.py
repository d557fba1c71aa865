"""What is observed of a submission is known by a fingerprint of everything that decides it."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from grader.author import Answer, Code, Task, case
from grader.author.assignment import Assignment
from grader.comparators.close import Close
from grader.model.job import Limits
from grader.workflow.judging import posed_to
from tests.unit.judge.played import assignment_of


def exam() -> Assignment:
    """A function and a number."""
    double = Code("double", 1, Close())
    double.oracle(lambda x: 2 * x)
    double.cases(lambda rng: [case(1.0)])
    return assignment_of(q1=Task([double, Answer("sum", 1, Close())]))


def decided(assignment: Assignment, **decisions: object) -> Assignment:
    """The assignment with something decided otherwise."""
    return replace(assignment, decisions=structs.replace(assignment.decisions, **decisions))


def test_whatever_decides_observations_decides_the_fingerprint() -> None:
    """Limits, repairs, given modules and names of answers: each makes another one, asked in whatever order."""
    usual = exam()
    sheet = Task([usual.tasks["q1"].parts[0], Answer("total", 1, Close())])
    sheet.name = "q1"
    exams = [
        usual,
        decided(usual, limits=Limits(cpu_seconds=5)),
        decided(usual, repairs={"python2": False}),
        replace(usual, given={"functions": "x = 1"}),
        replace(usual, given={"functions": "x = 2"}),
        replace(usual, tasks={"q1": sheet}),
    ]
    found = [posed_to(one, "somebody")[1] for one in (*exams, *exams)]
    assert found[:6] == found[6:]
    assert len(set(found)) == len(exams)


def test_equal_assignments_have_equal_fingerprints() -> None:
    """What was observed is not posed again because an assignment was opened again."""
    assert posed_to(exam(), "somebody")[1] == posed_to(exam(), "somebody else")[1]
