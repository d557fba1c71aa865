"""What `docs/security.md` promises in numbers is what the code has."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import fields

from grader.guest.levels import LEVELS
from grader.model.job import Limits
from grader.workflow import reading

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "security.md").read_text("utf-8")


def test_every_limit_is_documented_with_its_default() -> None:
    """The table of limits has a row for each field, with the default value."""
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \|", PAGE, re.MULTILINE)
    assert sorted(rows) == sorted((field.name, str(field.default).lower()) for field in fields(Limits))


def test_every_level_is_documented() -> None:
    """The table of levels has a row for each, strongest first."""
    assert tuple(re.findall(r"^\| \*\*([A-Z]-?)\*\* \|", PAGE, re.MULTILINE)) == LEVELS


def test_what_is_read_of_a_student_is_documented() -> None:
    """The bounds for one student are those of the reader."""
    assert f"At most {reading.MAX_BYTES // 1_000_000} MB and {reading.MAX_FILES} files of one student" in PAGE
