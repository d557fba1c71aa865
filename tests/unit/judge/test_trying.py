"""An assignment is tried out before anything is marked by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.author.loading import load_assignment
from grader.judge.trying import trial_faults
from tests.courses import CODE, course, line_of

ANSWER = 'one = Answer("one", 1, Close())\ntask = Task(parts=[one]{more})\n\n\n'

FAULTS = {
    "deal raises": (
        ANSWER.format(more=", variants=lambda rng: 1 / 0") + "one.oracle(lambda: 1.0)\n",
        "T122",
        "variants=",
    ),
    "deal gives no mapping": (
        ANSWER.format(more=", variants=lambda rng: 3") + "one.oracle(lambda: 1.0)\n",
        "T122",
        "variants=",
    ),
    "unknown name": (
        ANSWER.format(more=', variants=lambda rng: {"a": 1}')
        + "@one.oracle\ndef right(a, b):\n    return a\n",
        "T116",
        "@one.oracle",
    ),
    "oracle raises": (CODE.replace("return 2 * x", "return x / 0"), "T115", "return x / 0"),
    "oracle raises under one convention": (
        ANSWER.format(more=', conventions={"c": {1: "one", 0: "zero"}}')
        + "@one.oracle\ndef right(c):\n    return 1 / c\n",
        "T115",
        "return 1 / c",
    ),
    "comparator does not know such values": (
        CODE.replace("return 2 * x", 'return "text"'),
        "T120",
        "@double.oracle",
    ),
    "comparator raises": (
        CODE.replace("Close()", "lambda expected, actual: 1 / 0"),
        "T120",
        "@double.oracle",
    ),
    "comparator accepts nothing": (
        "from grader.model.verdict import Difference\n"
        + CODE.replace("Close()", 'lambda expected, actual: Difference("value", "[0]", "1", "2")'),
        "T120",
        "@double.oracle",
    ),
    "element that is not there": (CODE.replace("Close()", "Close(), element=1"), "T120", "@double.oracle"),
    "cases raise": (CODE.replace("yield case(2.5)", "yield case(1 / 0)"), "T121", "1 / 0"),
    "no cases at all": (
        CODE.replace("yield case(1.0, public=True)", "return").replace("yield case(2.5)", "yield"),
        "T121",
        "@double.cases",
    ),
    "cases without end": (
        CODE.replace("yield case(2.5)", "while True:\n        yield case(2.5)"),
        "T121",
        "@double.cases",
    ),
    "cases that are none": (CODE.replace("case(2.5)", "2.5"), "T121", "@double.cases"),
    "arguments that cannot cross": (CODE.replace("case(2.5)", "case(len)"), "T121", "@double.cases"),
    "cases ask for what nobody deals": (
        CODE.replace("cases(rng)", "cases(rng, unit)"),
        "T121",
        "@double.cases",
    ),
    "oracle of too few arguments": (CODE.replace("right(x)", "right()"), "T124", "@double.oracle"),
    "misconception of too many": (
        CODE + '\n@double.misconception()\ndef m(x, y):\n    "s"\n',
        "T124",
        "@double.misconception",
    ),
    "aspect that nobody tries": (
        CODE.replace("Close()", 'Close(), aspects={"": 1, "sign": 2}'),
        "T125",
        '"sign"',
    ),
}


@pytest.mark.parametrize(("text", "code", "line"), FAULTS.values(), ids=FAULTS)
def test_what_fails_in_the_trial_is_told(text: str, code: str, line: str, tmp_path: Path) -> None:
    """Each fault has its code and the line where it is mended; nothing is raised."""
    folder = course(tmp_path / "exam", q1=text)
    found = trial_faults(load_assignment(folder))
    file = folder / "q1.py"
    assert [f"{fault.code} {fault.place}" for fault in found] == [f"{code} {file}:{line_of(file, line)}"]
    assert all(fault.remedy.endswith(".") for fault in found)


def test_faults_of_all_tasks_are_told_at_once(tmp_path: Path) -> None:
    """One task fails in its oracle, another in its cases."""
    folder = course(tmp_path / "exam", a=FAULTS["oracle raises"][0], b=FAULTS["cases raise"][0])
    assert [fault.code for fault in trial_faults(load_assignment(folder))] == ["T115", "T121"]


def test_a_misconception_may_raise(tmp_path: Path) -> None:
    """A wrong turn that ends in an exception is a wrong turn."""
    text = CODE + '\n@double.misconception()\ndef m(x):\n    "s"\n    return 1 / 0\n'
    assert trial_faults(load_assignment(course(tmp_path / "exam", q1=text))) == []


def test_only_the_first_cases_are_tried(tmp_path: Path) -> None:
    """The trial is short: it answers three cases, not a hundred."""
    text = CODE.replace("yield case(2.5)", "yield from (case(float(n)) for n in range(2, 100))")
    text = text.replace("return 2 * x", "assert x < 4\n    return 2 * x")
    assert trial_faults(load_assignment(course(tmp_path / "exam", q1=text))) == []


def test_exact_fractions_need_no_encoding(tmp_path: Path) -> None:
    """An oracle may answer what cannot cross the wall, if its comparator takes it."""
    text = "from fractions import Fraction\n" + ANSWER.format(more="").replace(
        "Close()", "lambda expected, actual: None"
    )
    text += "one.oracle(lambda: Fraction(1, 3))\n"
    assert trial_faults(load_assignment(course(tmp_path / "exam", q1=text))) == []


def test_a_derivation_needs_no_way_in_the_trial(tmp_path: Path) -> None:
    """A comparator that also counts lines may find the oracle's bare result too short."""
    text = "from grader.comparators.derivation import Derivation\n"
    text += ANSWER.format(more="").replace("Close()", 'Derivation(("x",))') + 'one.oracle(lambda: "2 * x")\n'
    assert trial_faults(load_assignment(course(tmp_path / "exam", q1=text))) == []
