"""Every planted fault is found and named, with its line, and nothing else is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.courses import CODE, line_of
from tests.unit.proofreaders.planted_pipelines import PIPELINES
from tests.unit.proofreaders.planted_survivors import SURVIVORS, mark
from tests.unit.proofreaders.planted_texts import TEXTS
from tests.unit.proofreaders.planted_wrongs import WRONGS
from tests.unit.proofreaders.planting import Planted, found, written

PLANTED: dict[str, Planted] = {**TEXTS, **WRONGS, **SURVIVORS, **PIPELINES}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_named(name: str, tmp_path: Path) -> None:
    """Its code, the line where it is mended, a remedy; and no other code."""
    planted = PLANTED[name]
    folder = written(tmp_path / "exam", planted)
    faults, _ = found(folder, planted.checks)
    assert {fault.code for fault in faults} == {planted.code}
    file = folder / planted.within
    assert f"{file}:{line_of(file, planted.line)}" in {fault.place for fault in faults}
    assert all(fault.remedy.endswith((".", "?")) for fault in faults)


def test_a_clean_assignment_raises_nothing(tmp_path: Path) -> None:
    """The smallest task of functions, every check."""
    faults, figures = found(written(tmp_path / "exam", Planted(CODE, "", "")))
    assert faults == []
    assert {figure.task for figure in figures} == {"q1"}


def test_a_mark_bears_on_its_own_task(tmp_path: Path) -> None:
    """What one task cannot tell from the right solution, another one kills."""
    entry = mark("exam.q1.right", "return 2 * x", "return 2 / x")
    faults, _ = found(
        written(tmp_path / "exam", Planted(CODE, "", "", files={"equivalent/q2.toml": entry})), ("adequacy",)
    )
    assert faults == []


SWITCHED = """
double = Code("double", 2, Close(), slips={"turn": {"right": None, "wrong": Slip(0, "It is 2x.")}})
task = Task(parts=[double])


@double.cases
def cases(rng):
    yield case(1.0, public=True)
    yield case(2.5)


def doubled(x, turn="right"):
    return -x if turn == "wrong" else 2 * x


@double.oracle
def right(x, *, turn):
    return doubled(x, turn=turn)
"""


def test_what_only_hands_a_mistake_on_is_no_part_of_the_solution(tmp_path: Path) -> None:
    """No right answer is lost where the switch of a mistake is left out, and no case could show it."""
    faults, figures = found(written(tmp_path / "exam", Planted(SWITCHED, "", "")), ("adequacy",))
    assert faults == []
    assert {figure.name: figure.value for figure in figures}["survivors"] == 0
