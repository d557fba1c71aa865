"""The picture in the README is drawn from the real thing."""

from __future__ import annotations

import runpy
from pathlib import Path

from grader.model.gradebook import Record

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_picture_is_that_of_the_page(records: dict[str, Record], run_folder: Path) -> None:
    """`docs/report.svg` shows a page as it is now; its program's docstring says how to draw it anew."""
    page = (run_folder / "feedback" / "williams_k.html").read_text("utf-8")
    drawn = runpy.run_path(str(DOCS / "draw_report.py"))["drawn"](page)
    assert (DOCS / "report.svg").read_text("utf-8") == drawn
