"""What a page says of a line of a derivation that comes from a wrong rule."""

from __future__ import annotations

import pytest

from grader.author.derivatives import DERIVATIVE_RULES
from grader.model.verdict import Difference
from grader.reports.sentences import difference_sentence
from grader.reports.words import words_of


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_line_is_told_the_wrong_rule_behind_it(language: str) -> None:
    """The point that shows it, and then the sentence of the rule, in the student's language."""
    detail = {"witness": "x = 2", "yours": "1", "right": "3", "follows": "no", "rule": "product_sign"}
    said = difference_sentence(words_of(language), Difference("line", "2", "", "…", detail))
    rule = DERIVATIVE_RULES["product_sign"].says
    assert said.endswith(words_of(language).sentence(rule))
    assert (rule in said) == (language == "en")
    assert "x = 2" in said
