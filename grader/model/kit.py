"""What students get to check themselves with: public cases and what every reading answers to them, as plain data.

There is no oracle in a kit, and no answer that is to be written down: it checks functions alone, on public cases.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from grader.model.job import Limits

FORMAT = 1
KIT = "kit.json"
Switch = bool | int | float | str | None
"""A value of a convention or of a slip."""


class Made(Struct, frozen=True, forbid_unknown_fields=True):
    """A comparator: the file and the class in `grader/comparators/`, and its fields."""

    file: str
    name: str
    fields: dict[str, Any]


class KitSlip(Struct, frozen=True, forbid_unknown_fields=True):
    """One value of a switch; the right one says nothing."""

    value: Switch
    credit: str = "1"
    says: str = ""


class KitMistake(Struct, frozen=True, forbid_unknown_fields=True):
    """A misconception without what computes it."""

    name: str
    credit: str
    says: str
    compare: Made | None = None
    general: bool = False


class KitCase(Struct, frozen=True, forbid_unknown_fields=True):
    """A public case: its number among all, and its arguments as they go to the box."""

    number: int
    aspect: str
    arguments: tuple[Any, ...]


class KitReading(Struct, frozen=True, forbid_unknown_fields=True):
    """What one reading answers to the public cases, as places in the kit's `values`; None where it raises."""

    setting: tuple[tuple[str, Switch], ...]
    misconception: str
    answers: tuple[int | None, ...]


class KitPart(Struct, frozen=True, forbid_unknown_fields=True):
    """A function, or one element of what it returns.

    `poses` is the part whose cases it shares, `takes` are the names of its arguments.
    """

    name: str
    points: str
    asks: str
    compare: Made
    entry: str
    element: int | None
    aspects: dict[str, str]
    continues: str
    poses: str
    takes: tuple[str, ...]
    conventions: tuple[str, ...]
    slips: tuple[tuple[str, tuple[KitSlip, ...]], ...]
    mistakes: tuple[KitMistake, ...]
    cases: tuple[KitCase, ...]
    readings: tuple[KitReading, ...]


class KitAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """A part that the kit does not check: what is written down, and functions without public cases."""

    name: str
    kind: Literal["answer", "code", "text"]


class KitTask(Struct, frozen=True, forbid_unknown_fields=True):
    """One task; `shown` are those dealt parameters that stand in its texts."""

    name: str
    title: str
    statement: str
    conventions: tuple[tuple[str, tuple[tuple[Switch, str], ...]], ...]
    shown: dict[str, str]
    parts: tuple[KitPart, ...]
    unchecked: tuple[KitAnswer, ...]


class KitValue(Struct, frozen=True, forbid_unknown_fields=True):
    """A plain value with its noise, both encoded."""

    value: Any
    noise: Any = None


class Kit(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that `kit.json` holds; `translations` are language → text → text."""

    format: int
    assignment: str
    student: str
    title: dict[str, str]
    language: str
    limits: Limits
    repairs: dict[str, bool]
    given: dict[str, str]
    tasks: tuple[KitTask, ...]
    translations: dict[str, dict[str, str]]
    values: tuple[KitValue, ...]
