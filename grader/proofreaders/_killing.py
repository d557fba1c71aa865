"""An input that kills a mutant which the posed cases let live."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.author.parts import Case, Code
from grader.judge.dealing import Hand, looks
from grader.judge.expecting import RAISED
from grader.mutation.mutants import Mutant
from grader.mutation.swapping import TooLongError, time_limit
from grader.proofreaders._searching import Search, answers, differ
from grader.proofreaders._solution import Piece, Solution

SECONDS = 2.0
"""CPU time in which a mutant answers everything that one student is asked in one part, or counts as killed."""


@dataclass
class Killing:
    """Looks for inputs that kill mutants of one task."""

    solution: Solution
    search: Search
    _right: dict[Hashable, list[Any]] = field(default_factory=dict)

    def case(self, part: Code, hand: Hand, piece: Piece, mutant: Mutant) -> str:
        """Source of a case to which the mutant answers what no right reading does; empty where none is found."""
        galley = self.solution.galley
        settings = galley.settings_of(part)
        readings = [answers(galley, part, galley.right(setting)[part.name], hand) for setting in settings]

        def kills(case: Case) -> bool:
            key = part, id(hand), looks(case.arguments)
            if key not in self._right:
                self._right[key] = [right(case.arguments) for right in readings]
            wanted = self._right[key]
            if not any(map(_is_an_answer, wanted)):
                return False
            try:
                with self.solution.changed(piece, mutant.source), time_limit(SECONDS):
                    given = [right(case.arguments) for right in readings]
            except TooLongError:
                return True
            return any(
                _is_an_answer(right) and not any(_same(part, one, answer) for one in wanted)
                for right, answer in zip(wanted, given, strict=True)
            )

        return self.search.telling(part, hand, kills)


def _is_an_answer(value: Any) -> bool:
    """Whether anybody can be asked for `value`: nobody is for what is no number."""
    if isinstance(value, (tuple, list)):
        return all(map(_is_an_answer, value))
    if isinstance(value, (float, np.ndarray)) and getattr(value, "dtype", np.dtype(float)).kind == "f":
        return not np.isnan(value).any()
    return value is not RAISED


def _same(part: Code, right: Any, answer: Any) -> bool:
    if right is RAISED or answer is RAISED:
        return False
    return not differ(part, right, answer)
