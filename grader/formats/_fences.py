"""Functions that were written into an answer sheet: what is code there, and what is an answer in code's clothes."""

from __future__ import annotations

import re

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*(\S*)[^`]*$")
_CODE = re.compile(r"^(?:(?:async[ \t]+)?def|class|import|from|@)\b|^@", re.MULTILINE)
_PYTHON = frozenset({"", "py", "python", "python3", "ipython", "{python}"})


def is_code(text: str) -> bool:
    """Whether a text defines or imports something, rather than being a formula or the steps of a derivation."""
    return _CODE.search(text) is not None


def without_code(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with its fenced blocks of Python left blank, and those blocks; other blocks stay in the text."""
    kept: list[str] = []
    cells: list[str] = []
    lines = iter(text.split("\n"))
    for line in lines:
        opening = _FENCE.match(line)
        kept.append(line)
        if opening is None:
            continue
        block: list[str] = []
        for inner in lines:
            if inner.strip().startswith(opening[1]) and not inner.strip().strip(opening[1][0]):
                closing = [inner]
                break
            block.append(inner)
        else:
            closing = []
        body = "\n".join(block)
        if opening[2].lower() in _PYTHON and is_code(body):
            cells.append(body)
            kept[-1:] = [""] * (len(block) + 1 + len(closing))
        else:
            kept += [*block, *closing]
    return "\n".join(kept), tuple(cells)
