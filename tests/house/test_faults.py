"""Every fault code has one meaning, an entry in the table, and a test that provokes it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

from grader.reports.explaining import explain

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"[TAPU]\d{3}")


def codes_in_source() -> Counter[str]:
    """Code → how often it stands in the source."""
    return Counter(
        node.value
        for file in (ROOT / "grader").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    )


def table() -> list[tuple[str, str, str]]:
    """Code, meaning and remedy of each row of `docs/faults.md`."""
    rows = (
        line.strip("|\n").split("|") for line in (ROOT / "docs" / "faults.md").read_text("utf-8").splitlines()
    )
    cells = [[cell.strip() for cell in row] for row in rows]
    return [(row[0], row[1], row[2]) for row in cells if len(row) == 3 and CODE.fullmatch(row[0])]


def test_a_code_has_one_meaning() -> None:
    """Each code stands at one place of the source, so that it cannot come to mean two things."""
    assert {code: count for code, count in codes_in_source().items() if count > 1} == {}


def test_every_code_is_explained() -> None:
    """The table has exactly the codes of the source, in order, each with a meaning and a remedy."""
    rows = table()
    assert [code for code, _, _ in rows] == sorted(
        codes_in_source(), key=lambda code: ("TAPU".index(code[0]), code)
    )
    assert all(meaning and remedy for _, meaning, remedy in rows)
    assert len({meaning for _, meaning, _ in rows}) == len(rows)


def test_every_code_can_be_asked_about() -> None:
    """`grader explain` knows each code, with what to do and whose turn it is."""
    pages = [explain(code) for code in sorted(codes_in_source())]
    assert [page.code for page in pages] == sorted(codes_in_source())
    assert all(page.meaning and page.remedy and "mends these" in page.whose for page in pages)


def test_every_code_is_provoked() -> None:
    """For each code there is a test that names it."""
    folders = (ROOT / "tests" / "unit", ROOT / "tests" / "contracts")
    texts = "\n".join(file.read_text("utf-8") for folder in folders for file in folder.rglob("*.py"))
    assert sorted(code for code in codes_in_source() if code not in texts) == []
