"""Every proofreader keeps these promises; a new file in the folder is under test at once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader import plugins
from grader.errors import Fault, UsageError
from grader.model.proof import Figure
from grader.workflow.proofreading import PROOFREADERS, Order, proofread, read_one
from tests.courses import CODE, course

CHECKS = plugins.names(PROOFREADERS)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"


@pytest.mark.parametrize("check", CHECKS)
def test_a_clean_task_has_no_faults(check: str, tmp_path: Path) -> None:
    """Nothing but figures is yielded, and the same again."""
    order = Order(str(course(tmp_path / "exam", q1=CODE)), quick=True)
    found = read_one(order, "q1", check)
    assert all(isinstance(one, Figure) for one in found)
    assert [one.task for one in found if isinstance(one, Figure)] == ["q1"] * len(found)
    assert read_one(order, "q1", check) == found


@pytest.mark.parametrize("check", CHECKS)
def test_a_proofreader_is_one_function(check: str) -> None:
    """It has a docstring and `proofread`, and says in `docs/commands.md` what it is for."""
    module = plugins.load(PROOFREADERS, check)
    assert callable(module.proofread)
    assert ast.get_docstring(ast.parse(Path(str(module.__file__)).read_text("utf-8")))
    assert f"| `{check}` |" in PAGE.read_text("utf-8")


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    """A task or a check of another name."""
    folder = str(course(tmp_path / "exam", q1=CODE))
    for order, code in ((Order(folder, ("q2",)), "U130"), (Order(folder, (), ("spelling",)), "U131")):
        with pytest.raises(UsageError) as caught:
            proofread(order, lambda done, total, unit: None)
        (fault,) = caught.value.faults
        assert (type(fault), fault.code, fault.remedy[:13]) == (Fault, code, "Give some of:")
