"""What a code means: those of faults from `docs/faults.md`, those of pages from the engine's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from grader.errors import Fault, UsageError
from grader.places import documents, templates
from grader.reports.words import SOURCE_LANGUAGE, words_of

CODE = re.compile(r"[A-Z]\d{3}")
KINDS = {
    "finding": "what a part was found to be",
    "diagnosis": "a mistake that needs no author's sentence",
    "outcome": "what came of a call",
    "remark": "a remark about what was handed in",
    "repair": "a repair of the environment",
    "reason": "why a mark is withheld",
    "status": "what became of a submission",
}
"""First words of those codes in the catalogue that stand in gradebooks, on pages and in `assignment.toml`."""

MISREAD = str.maketrans("OIL", "011")
"""Letters that are typed for digits."""


@dataclass(frozen=True)
class Explanation:
    """The page of one code.

    code        as it is told: `T104`, `refused_file`
    meaning     one sentence; of a page's code, what it is
    remedy      what to do about it; of a page's code, the sentences with it
    whose       who mends it
    """

    code: str
    meaning: str
    remedy: str
    whose: str = ""

    def __str__(self) -> str:
        return "\n\n".join(filter(None, (f"{self.code}  {self.meaning}", self.remedy, self.whose)))


@cache
def fault_pages() -> Mapping[str, Explanation]:
    """Code → its row of `docs/faults.md`, with what stands above the table."""
    found: dict[str, Explanation] = {}
    whose: list[str] = []
    for line in (documents() / "faults.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("#"):
            whose = []
        elif len(cells) == 3 and CODE.fullmatch(cells[0]):
            code, meaning, remedy = cells
            found[code] = Explanation(code, meaning, remedy, " ".join(whose))
        elif line.strip() and not line.startswith("|"):
            whose.append(line.strip())
    return found


@cache
def page_codes() -> Mapping[str, tuple[str, ...]]:
    """Code of a page → the keys of its sentences."""
    found: dict[str, list[str]] = {}
    with Path(templates() / "locale" / f"{SOURCE_LANGUAGE}.po").open("rb") as stream:
        keys = [str(message.id) for message in read_po(stream) if isinstance(message.id, str)]
    for key in keys:
        kind, _, rest = key.partition(".")
        if kind in KINDS:
            found.setdefault(rest.partition(".")[0], []).append(key)
    return {code: tuple(keys) for code, keys in found.items() if code != "other"}


def explain(code: str, language: str = SOURCE_LANGUAGE) -> Explanation:
    """The page of `code`. Raises `UsageError` that names codes that may have been meant."""
    faults, pages = fault_pages(), page_codes()
    if code.upper() in faults:
        return faults[code.upper()]
    if code.lower() in pages:
        keys = pages[code.lower()]
        kinds = dict.fromkeys(KINDS[key.partition(".")[0]] for key in keys)
        sentences = "\n".join(
            f"- {sentence}" for sentence in dict.fromkeys(map(words_of(language).say, keys))
        )
        return Explanation(code.lower(), "; ".join(kinds), sentences)
    near = get_close_matches(code.upper().translate(MISREAD), faults, 3) or get_close_matches(
        code.lower(), pages, 3
    )
    remedy = f"Did you mean {' or '.join(near)}?" if near else "`grader explain` lists all codes."
    raise UsageError([Fault(code, "U140", "there is no such code", remedy)])
