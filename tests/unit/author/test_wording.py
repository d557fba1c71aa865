"""Dealt values in statements."""

from __future__ import annotations

import gettext
import random

import numpy as np
import pytest

from grader.author import Matrix, Options, Partners, Phrase
from grader.author.catalogue import Catalogue
from grader.author.wording import dealt_texts


def test_a_matrix_is_rows_for_an_oracle_and_latex_for_a_reader() -> None:
    """numpy sees the numbers, a statement shows them as a matrix."""
    matrix = Matrix(((1, -2), (3, 4)))
    assert np.array(matrix).tolist() == [[1, -2], [3, 4]]
    shown = Catalogue().say("en", "Take $V = {picture}$.", {"picture": matrix})
    assert shown == r"Take $V = \begin{pmatrix} 1 & -2 \\ 3 & 4 \end{pmatrix}$."


TEXTS = {"cat": "a cat", "dog": "a dog", "owl": "an owl"}


class Russian(gettext.NullTranslations):
    """A catalogue of three words."""

    def gettext(self, message: str) -> str:
        """Translate."""
        known = {"a cat": "кошка", "a dog": "собака", "an owl": "сова", "Who?\n\n{who}": "Кто?\n\n{who}"}
        return known.get(message, message)


def test_options_are_dealt_in_an_order_of_their_own() -> None:
    """Six students read three options in more than one order; a label stands for the same option throughout."""
    dealt = [Options.dealt(random.Random(seed), TEXTS) for seed in range(6)]
    assert len(set(dealt)) > 1
    for options in dealt:
        assert sorted(options.codes) == sorted(TEXTS)
        assert [options.codes[int(options.label(code)) - 1] for code in TEXTS] == list(TEXTS)
        assert options.labels("owl", "cat") == sorted([options.label("cat"), options.label("owl")])


def test_some_of_the_options_may_be_dealt() -> None:
    """What was not dealt has no label."""
    options = Options((("cat", "a cat"), ("owl", "an owl")))
    assert len(Options.dealt(random.Random(1), TEXTS, 2)) == 2
    assert options.labels("dog", "owl") == ["2"]
    with pytest.raises(ValueError, match="not in"):
        options.label("dog")


def test_options_are_read_in_the_language_of_the_reader() -> None:
    """A statement lists them, with the labels in front."""
    catalogue = Catalogue({"ru": Russian()})
    who = Options((("owl", "an owl"), ("cat", "a cat")))
    assert catalogue.say("en", "Who?\n\n{who}", {"who": who}) == "Who?\n\n- **1** an owl\n- **2** a cat"
    assert catalogue.say("ru", "Who?\n\n{who}", {"who": who}) == "Кто?\n\n- **1** сова\n- **2** кошка"
    assert catalogue.say("ru", "{who}", {"who": Phrase("a dog")}) == "собака"
    assert list(dealt_texts({"a": who, "b": Phrase("a dog"), "c": "d"})) == ["an owl", "a cat", "a dog"]


def test_what_was_said_is_kept_by_language_and_by_every_line() -> None:
    """Texts that are one to a translator keep lines of their own, and each is said with whatever was dealt."""
    catalogue = Catalogue({"ru": Russian()})
    for _ in range(2):
        assert catalogue.say("ru", "an\nowl", {}) == "сова"
        assert [catalogue.say("en", text, {}) for text in ("an\nowl", "an owl")] == ["an\nowl", "an owl"]
        assert [catalogue.say("en", "Who? {who}", {"who": who}) for who in ("1", "2")] == ["Who? 1", "Who? 2"]
        assert catalogue.say("en", "Who? {who}", {}) == "Who? {who}"


def test_a_matching_pairs_labels() -> None:
    """Items have digits, their partners letters."""
    items = Options((("owl", "an owl"), ("cat", "a cat")))
    partners = Partners((("mouse", "a mouse"), ("milk", "milk")))
    assert items.paired(partners, {"cat": "milk", "owl": "mouse", "dog": "bone"}) == {"1": "A", "2": "B"}
