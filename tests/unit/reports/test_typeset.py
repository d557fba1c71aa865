"""A formula that is not the right one is set as it was understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.judge.expecting import Expectations
from grader.reports import html
from grader.reports.page import gather
from tests.specimens.answering import asking, records_of


def page(folder: Path, typed: str) -> str:
    """The page of somebody who answers the derivative with what was typed."""
    file = folder / "anna.md"
    file.write_text(f"t2_answer = {typed}\n", "utf-8")
    assignment = asking("t2")
    record = records_of(assignment, [file])["anna"]
    return html.render(gather(assignment, Expectations(assignment), record, "en"))


def test_somebody_who_was_misread_sees_it(tmp_path: Path) -> None:
    """Who means x/(2y) and types x/2y sees a fraction with y beside it; what was expected is set, too."""
    text = page(tmp_path, "x/2y")
    mine, _, expected = text.partition("Read as")[2].partition("Expected")
    assert "<mfrac><mrow><mi>x</mi></mrow><mrow><mn>2</mn></mrow></mfrac>" in mine
    assert "<mi>y</mi>" in mine.partition("</mfrac>")[2]
    assert "<math" in expected


@pytest.mark.parametrize("typed", ["x +", "<b>x</b>", "$x$ \\href{a}{b}", "7 ? y", "x/" * 300 + "x"])
def test_what_cannot_be_set_is_left_as_it_is(tmp_path: Path, typed: str) -> None:
    """What is no formula, and what is too long for a line, is shown as it was typed, and inert."""
    text = page(tmp_path, typed)
    assert "Read as" not in text
    assert "<b>" not in text
