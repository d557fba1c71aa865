"""What proofreading finds beside faults."""

from __future__ import annotations

from msgspec import Struct


class Figure(Struct, frozen=True):
    """A number about a task, such as the share of its mutants that are killed."""

    task: str
    name: str
    value: float
