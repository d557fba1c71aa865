"""A task: one question in one file, with its parts."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from grader.author.parts import Answer, Code, Credit, Part, fraction

Variants = Mapping[str, Sequence[Any]] | Callable[[random.Random], Mapping[str, Any]]


@dataclass(eq=False)
class Task:
    """One question.

    parts        in the order in which they are asked
    variants     what is dealt: parameter → values to choose from, or a function of a `random.Random`
                 that gives a mapping (its stream is the same on every machine and Python version)
    conventions  what the statement leaves open: switch → value → how the report names it; the first is usual
    total        what its parts are worth together, for the loader to check; not checked where it is None

    The loader fills in `name` (the file's), `file`, `title` and `statement` (the file's docstring).
    """

    parts: Sequence[Part]
    variants: Variants = field(default_factory=dict)
    conventions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    total: Credit | None = None
    name: str = field(default="", init=False)
    file: str = field(default="", init=False)
    title: str = field(default="", init=False)
    statement: str = field(default="", init=False)

    @property
    def points(self) -> Fraction:
        """What the task is worth in all."""
        return sum((fraction(part.points) for part in self.parts), Fraction(0))

    def part(self, name: str) -> Part:
        """The part of that name. Raises `KeyError`."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)

    def deal(self, rng: random.Random) -> dict[str, Any]:
        """Deal a variant: parameter → value."""
        if callable(self.variants):
            return dict(self.variants(rng))
        return {name: rng.choice(list(values)) for name, values in self.variants.items()}

    def answer_names(self, part: Answer) -> tuple[tuple[str, ...], ...]:
        """Where the answer to `part` may stand: a variable, or an item of a mapping variable."""
        names: list[tuple[str, ...]] = []
        for task in (self.name, self.name.upper()):
            names += [(f"{task}_{part.name}",), (task, part.name)]
        if sum(isinstance(other, Answer) for other in self.parts) == 1:
            names += [(self.name,), (self.name.upper(),)]
        return tuple(names)

    def entries(self) -> list[str]:
        """Names of the functions that students write, each once."""
        return list(dict.fromkeys(part.entry for part in self.parts if isinstance(part, Code)))
