"""The reference solution of a task: the functions and tables of the course that right answers are computed with."""

from __future__ import annotations

import ast
import inspect
import warnings
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from grader.author.giving import FOLDER as GIVEN
from grader.author.importing import course_root
from grader.author.parts import Part
from grader.author.readings import Reading, evaluate, functions
from grader.judge.dealing import Hand
from grader.mutation.mutants import Mutant, mutants_of
from grader.mutation.swapping import constants, definitions, swapped_constant, swapped_function
from grader.mutation.tracing import Lines, lines_run
from grader.proofreaders._galley import Galley

Namespace = dict[str, Any]
"""The names of a module."""
WRONG_HANDS = 4
"""So many variants are enough to see which lines serve mistakes only."""


@dataclass(frozen=True)
class Piece:
    """A function or a table of the reference solution, with the parts whose right answers need it."""

    name: str
    file: str
    definition: ast.stmt
    target: FunctionType | tuple[Namespace, str] = field(compare=False)
    parts: tuple[Part, ...] = field(compare=False)


@dataclass
class Solution:
    """What of the course computes the right answers of one task."""

    galley: Galley

    @cached_property
    def root(self) -> Path:
        """The folder that names of modules begin at."""
        return course_root(self.galley.whole.folder)

    @cached_property
    def modules(self) -> dict[str, Namespace]:
        """File → names of each module of the course that the task reaches."""
        folders = (self.galley.whole.folder, self.root / "reference")
        found: dict[str, Namespace] = {}
        waiting = [f.__globals__ for part in self.galley.parts for f in map(inspect.unwrap, functions(part))]
        while waiting:
            names = waiting.pop()
            file = names.get("__file__")
            above = Path(file).parents if file and file not in found else ()
            if not any(folder in above for folder in folders) or self.galley.whole.folder / GIVEN in above:
                continue
            found[file] = names
            for value in list(names.values()):
                if isinstance(value, ModuleType):
                    waiting.append(vars(value))
                elif callable(value) and isinstance(plain := inspect.unwrap(value), FunctionType):
                    waiting.append(plain.__globals__)
        return found

    @cached_property
    def caches(self) -> list[Any]:
        """Everything in the course that remembers answers."""
        everything = (value for names in self.modules.values() for value in names.values())
        return [value for value in everything if hasattr(value, "cache_clear")]

    def pieces(self) -> list[Piece]:
        """Functions that run while right answers are computed, and the tables that they look up."""
        right = {part: self._lines(part, wrong=False) for part in self.galley.parts}
        found: list[Piece] = []
        for file, names in self.modules.items():
            tree = ast.parse(Path(file).read_text("utf-8"))
            known = self._functions(file, names)
            used: dict[str, list[Part]] = defaultdict(list)
            for line, definition in definitions(tree).items():
                parts = tuple(part for part, lines in right.items() if line in lines.get(file, ()))
                if parts and line in known:
                    function = known[line]
                    name = f"{self._dotted(file)}.{function.__qualname__}"
                    found.append(Piece(name, file, definition, function, parts))
                    for global_name in _names(definition):
                        used[global_name] += [part for part in parts if part not in used[global_name]]
            for name, assignment in constants(tree).items():
                if used.get(name) and name in names:
                    dotted = f"{self._dotted(file)}.{name}"
                    found.append(Piece(dotted, file, assignment, (names, name), tuple(used[name])))
        return found

    def mutants(self, piece: Piece) -> list[Mutant]:
        """Mutants of a piece; none on the lines that serve mistakes only."""
        return mutants_of(piece.name, piece.definition, frozenset(self.wrong_lines.get(piece.file, ())))

    @cached_property
    def wrong_lines(self) -> Lines:
        """Lines that run for mistakes and for no right answer."""
        right: Lines = defaultdict(set)
        wrong: Lines = defaultdict(set)
        for part in self.galley.parts:
            for total, lines in ((right, self._lines(part, False)), (wrong, self._lines(part, True))):
                for file, numbers in lines.items():
                    total[file] |= numbers
        return {file: numbers - right[file] for file, numbers in wrong.items()}

    def changed(self, piece: Piece, source: str) -> AbstractContextManager[None]:
        """The course with another definition in the place of `piece`. Raises what the definition raises."""
        if isinstance(piece.target, FunctionType):
            return swapped_function(piece.target, source, self.caches)
        names, name = piece.target
        return swapped_constant(names, name, source, self.modules.values(), self.caches)

    def _lines(self, part: Part, wrong: bool) -> Lines:
        key = part, wrong
        if key not in self._kept:
            for hand, reading in self._readings(part, wrong):
                self.galley.context(part, reading, hand)
            self._kept[key] = lines_run(self.modules, lambda: self._answer_all(part, wrong))
        return self._kept[key]

    @cached_property
    def _kept(self) -> dict[tuple[Part, bool], Lines]:
        return {}

    def _answer_all(self, part: Part, wrong: bool) -> None:
        for hand, reading in self._readings(part, wrong):
            for cache in self.caches:
                cache.cache_clear()
            with suppress(Exception):
                list(answers(self.galley, part, reading, hand))

    def _readings(self, part: Part, wrong: bool) -> Iterator[tuple[Hand, Reading]]:
        galley = self.galley
        for hand in galley.hands_of(part, mutants=True)[: WRONG_HANDS if wrong else None]:
            for setting in galley.settings_of(part):
                readings = galley.wrong(part, setting) if wrong else [galley.right(setting)[part.name]]
                yield from ((hand, reading) for reading in readings)

    def _functions(self, file: str, names: Namespace) -> dict[int, FunctionType]:
        """First line → function of a file."""
        everything: list[Any] = list(names.values())
        everything += [
            inner for outer in everything if isinstance(outer, type) for inner in vars(outer).values()
        ]
        everything += [function for part in self.galley.parts for function in functions(part)]
        unwrapped = (inspect.unwrap(thing) for thing in everything if callable(thing))
        return {
            one.__code__.co_firstlineno: one
            for one in unwrapped
            if isinstance(one, FunctionType) and one.__code__.co_filename == file
        }

    def _dotted(self, file: str) -> str:
        return ".".join(Path(file).relative_to(self.root).with_suffix("").parts)


def _names(definition: ast.stmt) -> set[str]:
    return {node.id for node in ast.walk(definition) if isinstance(node, ast.Name)}


def answers(galley: Galley, part: Part, reading: Reading, hand: Hand) -> Iterator[Any]:
    """What `reading` answers to each case, computed anew. Raises what it raises."""
    context = galley.context(part, reading, hand)
    for case in galley.cases(part, hand):
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield evaluate(part, reading, case.arguments, context)
