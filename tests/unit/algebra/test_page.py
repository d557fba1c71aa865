"""What the page on formulas says is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.algebra.comparison.answer_equality import compare_answers
from grader.algebra.comparison.equality import compare
from grader.algebra.comparison.verdicts import Equal, Undecided, Unequal
from grader.algebra.names import Symbols
from grader.algebra.reader.answers import read_answer
from grader.algebra.reader.reading import Unreadable, read
from grader.algebra.reader.typed import read_typed

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "formulas.md").read_text("utf-8")
LETTERS = Symbols(("x", "y", "t", "n"))
VERDICTS = {"equal": Equal, "different": Unequal, "undecided": Undecided}


def rows(head: str) -> list[list[str]]:
    """Cells of all tables of the page whose first line begins like this."""
    found = []
    for table in re.findall(rf"^\| {head} \|.*\n\|[-:|]+\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE):
        for line in table.splitlines():
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            texts = (re.search(r"`(.*?)`", cell) for cell in cells)
            plain = (text[1] if text else cell.strip() for text, cell in zip(texts, cells, strict=True))
            found.append([text.replace("\\|", "|") for text in plain])
    return found


@pytest.mark.parametrize(("typed", "means"), rows("typed \\| means"))
def test_what_can_be_typed_means_what_the_page_says(typed: str, means: str) -> None:
    """Both are read, and equal."""
    assert isinstance(compare(read(means, LETTERS), read_typed(typed, LETTERS)), Equal)


@pytest.mark.parametrize(("typed", "column", "wanted"), rows("typed \\| column \\| expected"))
def test_what_is_refused_has_the_place_that_the_page_says(typed: str, column: str, wanted: str) -> None:
    """The column and the code are those of the error."""
    with pytest.raises(Unreadable) as raised:
        read(typed, LETTERS)
    assert (column, wanted) == (str(raised.value.column), raised.value.wanted)


@pytest.mark.parametrize(("expected", "typed", "verdict"), rows("expected \\| typed \\| verdict"))
def test_answers_get_the_verdict_that_the_page_says(expected: str, typed: str, verdict: str) -> None:
    """Formulas and answers of other forms alike."""
    answers = read_answer(expected, LETTERS), read_answer(typed, LETTERS)
    assert isinstance(compare_answers(*answers), VERDICTS[verdict])


def test_the_page_has_examples() -> None:
    """The tables have been found."""
    assert len(rows("typed \\| means")) > 15
    assert len(rows("typed \\| column \\| expected")) > 5
    assert len(rows("expected \\| typed \\| verdict")) > 10
