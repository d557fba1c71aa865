"""Whether an answer is taken for right."""

from __future__ import annotations

from typing import Any

from grader.author.parts import Part
from grader.judge.dealing import looks
from grader.judge.evidence import element_difference, written
from grader.proofreaders._galley import bare


def agrees(part: Part, expected: Any, actual: Any) -> bool:
    """Whether the comparator of `part` takes `actual` for right."""
    if looks(bare(expected)) == looks(actual):
        return True
    element = getattr(part, "element", None)
    try:
        if element is not None:
            return element_difference(part.compare, element, expected, actual) is None
        return part.compare(expected, written(part.compare, actual)) is None
    except Exception:  # noqa: BLE001 - what is no student's answer may be of a kind that no comparator knows
        return False
