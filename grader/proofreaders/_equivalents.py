"""Mutants that compute the same, marked by the author: `equivalent/<task>.toml` beside the tasks.

    [[equivalent]]
    of = "reference.convolution.framed"
    before = "return np.pad(V, padding) if padding else V"
    after = "return np.pad(V, padding)"
    reason = "A frame of width 0 changes nothing."

A mutant is known by what it changes, not by a number of a line. What one task cannot tell another one may.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.errors import Fault

FOLDER = "equivalent"


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    of: str
    before: str
    after: str
    reason: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    equivalent: tuple[_Entry, ...] = ()


@dataclass(frozen=True)
class Marks:
    """Keys of marked mutants with the places of their entries, and what is wrong with the files."""

    places: dict[tuple[str, str, str], str]
    faults: tuple[Fault, ...]


def read_marks(folder: Path, task: str) -> Marks:
    """Read the marks of one task of an assignment; none where it has no file."""
    file = folder / FOLDER / f"{task}.toml"
    text = file.read_text("utf-8", errors="replace") if file.is_file() else ""
    try:
        entries = msgspec.convert(tomllib.loads(text), _File).equivalent
    except (ValueError, msgspec.ValidationError) as error:
        return Marks({}, (_unreadable(f"{file}:1", str(error)),))
    places: dict[tuple[str, str, str], str] = {}
    faults: list[Fault] = []
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.startswith("[[")]
    for line, entry in zip(lines, entries, strict=False):
        if len(entry.reason.split()) < 2:
            faults.append(_unreadable(f"{file}:{line}", "there is no reason"))
            continue
        places[entry.of, entry.before.strip(), entry.after.strip()] = f"{file}:{line}"
    return Marks(places, tuple(faults))


def _unreadable(place: str, why: str) -> Fault:
    remedy = "Give tables [[equivalent]] with `of`, `before`, `after` and a `reason` in words."
    return Fault(place, "P203", f"marks of equivalent mutants cannot be read: {why}", remedy)


def entry_for(key: tuple[str, str, str]) -> str:
    """The entry that would mark a mutant."""
    name, before, after = (_quoted(text) for text in key)
    return f'[[equivalent]]\nof = {name}\nbefore = {before}\nafter = {after}\nreason = "…"'


def _quoted(text: str) -> str:
    if "\n" in text:
        return f"'''\n{text}'''"
    return f"'{text}'" if "'" not in text else f"'''{text}'''"
