"""What the box withstands is verified, told with every mark, and decides whether anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.box.selftest import Isolation
from grader.errors import UsageError
from grader.ledger import Ledger
from grader.workflow import verifying
from grader.workflow.verifying import Verification, refuse_unsafe, shortfall, verified


@pytest.mark.parametrize("level", ["A", "B"])
def test_a_safe_box_is_used(level: str) -> None:
    """At levels A and B grading goes on without a word."""
    refuse_unsafe(level, allowed=False)


@pytest.mark.parametrize("level", ["B-", "C"])
def test_an_unsafe_box_is_refused_with_a_remedy(level: str) -> None:
    """Below level B nothing runs unless the instructor says so."""
    with pytest.raises(UsageError) as refused:
        refuse_unsafe(level, allowed=False)
    assert [(fault.code, "--allow-unsafe" in fault.remedy) for fault in refused.value.faults] == [
        ("U122", True)
    ]
    refuse_unsafe(level, allowed=True)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Isolation("A", {"one": True, "two": True}), ""),
        (Isolation("A", {"one": True, "two": False}), " 1/2"),
    ],
)
def test_a_shortfall_is_told(
    found: Isolation, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger keeps what an inspection found, and every row of the gradebook tells what was not withstood."""
    monkeypatch.setattr(verifying, "_inspected", lambda: found)
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        verification = Verification()
        verification.start()
        verification.note(ledger)
        assert (verified(ledger), shortfall(ledger)) == (found, told)


def test_a_failed_inspection_has_verified_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An inspection that breaks off is told like an attack that was not withstood."""

    def broken() -> Isolation:
        raise OSError("no")

    monkeypatch.setattr(verifying, "_inspected", broken)
    monkeypatch.setattr(verifying, "level", lambda: "A")
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        verification = Verification()
        verification.start()
        verification.note(ledger)
        assert shortfall(ledger) == " 0/1"


def test_nothing_is_inspected_where_nothing_runs(tmp_path: Path) -> None:
    """A run that poses nothing keeps what an earlier one has found."""
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        Verification().note(ledger)
        assert verified(ledger) is None
