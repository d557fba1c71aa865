"""What must stay outside cannot be imported, even where it is installed beside numpy."""

from __future__ import annotations

import pytest

from grader.guest.__main__ import Wall


@pytest.mark.parametrize("name", ["grader", "grader.judge.marking", "reference.statistics", "assignments"])
def test_what_is_outside_is_not_found(name: str) -> None:
    """The first finder of the box ends the search."""
    with pytest.raises(ModuleNotFoundError, match=name):
        Wall.find_spec(name)


@pytest.mark.parametrize("name", ["numpy", "graders", "my.grader"])
def test_all_else_is_left_to_other_finders(name: str) -> None:
    """Only whole names are refused."""
    assert Wall.find_spec(name) is None
