"""No row of the corpus is forgotten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.test_attacks import ATTACKS

TESTS = Path(__file__).parents[1]
ROWS = range(1, 137)
_NAMED = re.compile(r"\bRows? ([\d, –and]+)", re.IGNORECASE)


def rows_named(text: str) -> Iterator[int]:
    """The numbers behind "Row 24" and "Rows 131–133 and 136"."""
    for numbers in _NAMED.findall(text):
        for piece in re.findall(r"\d+(?:–\d+)?", numbers):
            first, _, last = piece.partition("–")
            yield from range(int(first), int(last or first) + 1)


def docstrings_of_tests() -> Iterator[str]:
    """What the tests of the whole suite say they prove."""
    for file in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield ast.get_docstring(node) or ""


def test_every_row_has_an_attack_or_a_test() -> None:
    """Each of the 136 rows is tried by an attack, or by a test whose docstring names it."""
    tried = {attack.row for attack in ATTACKS}
    tested = {row for text in docstrings_of_tests() for row in rows_named(text)}
    assert sorted(set(ROWS) - tried - tested) == []


def test_there_are_twenty_of_our_own() -> None:
    """The corpus goes on where the known attacks end."""
    assert len({attack.name for attack in ATTACKS if attack.row > 200}) >= 20


def test_rows_are_found_in_sentences() -> None:
    """Single rows, lists and spans are understood."""
    text = "Row 24: links. Rows 22 and 23: output. Rows 131–133 and 136: pages."
    assert list(rows_named(text)) == [24, 22, 23, 131, 132, 133, 136]
