"""What was worked out once holds for all who answered alike, and only for them."""

from __future__ import annotations

import pytest

from grader.judge.keeping import Kept


def test_a_result_is_made_once_and_the_oldest_goes_first() -> None:
    """A result in use stays; beyond the limit the one goes that was not asked for longest."""
    made: list[str] = []

    def make(name: str) -> str:
        made.append(name)
        return name.upper()

    kept = Kept(2)
    for name in "abacab":
        assert kept.once(name, lambda name=name: make(name)) == name.upper()  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]


def test_what_fails_is_tried_again() -> None:
    """An exception is no result."""
    kept = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.once("a", lambda: 1 / 0)
    assert kept.once("a", lambda: 1) == 1
