"""Whether the posed cases tell the reference solution from mutants of it.

A mutant is killed where, under some combination of conventions, what it answers is explained by no right reading.
One that only turns one convention into another is accepted, as a student's solution would be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from grader.author.parts import Code, Part
from grader.author.readings import Reading, Setting
from grader.errors import Fault
from grader.judge.dealing import Hand, looks
from grader.judge.expecting import RAISED
from grader.model.proof import Figure
from grader.mutation.mutants import Mutant
from grader.mutation.swapping import TooLongError, time_limit
from grader.proofreaders._agreeing import agrees
from grader.proofreaders._equivalents import FOLDER, entry_for, read_marks
from grader.proofreaders._galley import Galley
from grader.proofreaders._killing import SECONDS, Killing
from grader.proofreaders._searching import Search
from grader.proofreaders._solution import Piece, Solution, answers

Fate = Literal["killed", "accepted", "survives", "unused"]


def proofread(galley: Galley) -> Iterator[Fault | Figure]:
    """Yield a fault for each mutant that survives, and how many there are."""
    marks, trial = read_marks(galley.whole.folder, galley.task.name), _Trial(galley)
    yield from marks.faults
    counted = dict.fromkeys(("mutants", "killed", "equivalent", "accepted", "survivors"), 0)
    for piece in trial.solution.pieces():
        mutants = trial.solution.mutants(piece)
        known = {mutant.key for mutant in mutants}
        for key, place in marks.places.items():
            if key[0] == piece.name and key not in known:
                yield _stale(place, f"there is no such mutant of {piece.name}")
        for mutant in mutants:
            fate = trial.fate(piece, mutant)
            if fate == "unused":
                continue
            counted["mutants"] += 1
            if mutant.key in marks.places:
                counted["equivalent"] += 1
                if fate == "killed" and isinstance(piece.parts[0], Code):
                    yield _stale(marks.places[mutant.key], "the mutant is killed, so it is not equivalent")
            elif fate == "survives":
                counted["survivors"] += 1
                yield trial.survivor(piece, mutant)
            else:
                counted[fate] += 1
    yield from (Figure(galley.task.name, name, count) for name, count in counted.items())


def _stale(place: str, problem: str) -> Fault:
    return Fault(place, "P204", problem, "Take the mark out, or bring it up to date with the source.")


@dataclass
class _Trial:
    """Mutants of the reference solution of one task, tried as submissions."""

    galley: Galley
    _expected: dict[Any, list[Any]] = field(default_factory=dict)

    @cached_property
    def solution(self) -> Solution:
        """What is changed."""
        return Solution(self.galley)

    @cached_property
    def killing(self) -> Killing:
        """What looks for a case that would kill a survivor."""
        return Killing(self.solution, Search(self.galley))

    def fate(self, piece: Piece, mutant: Mutant) -> Fate:
        """What becomes of a mutant."""
        accepted = False
        for part in piece.parts:
            for hand in self._hands(part):
                seen = self._seen(part, hand, piece, mutant.source)
                if seen in ("killed", "unused"):
                    return seen
                accepted = accepted or seen == "accepted"
        if accepted:
            return "accepted"
        return "unused" if self._serves_mistakes_only(piece, mutant) else "survives"

    def _hands(self, part: Part) -> list[Hand]:
        return self.galley.hands_of(part, mutants=True)

    def _seen(self, part: Part, hand: Hand, piece: Piece, source: str) -> Fate:
        """What one student gets for a changed solution; "unused" where the change cannot be made at all."""
        self._prepare(part, hand)
        try:
            with self.solution.changed(piece, source), time_limit(SECONDS):
                return self._judged(part, hand)
        except TooLongError:
            return "killed"
        except Exception:  # noqa: BLE001 - the changed definition itself cannot be made
            return "unused"

    def _prepare(self, part: Part, hand: Hand) -> None:
        for setting in self.galley.settings_of(part):
            self._right(part, hand, setting)

    def _right(self, part: Part, hand: Hand, setting: Setting) -> list[Any]:
        key = part, id(hand), setting
        if key not in self._expected:
            reading = self.galley.right(setting)[part.name]
            count = len(self.galley.cases(part, hand))
            self._expected[key] = [self.galley.expected(part, n, reading, hand) for n in range(count)]
            self.galley.context(part, reading, hand)
        return self._expected[key]

    def _judged(self, part: Part, hand: Hand) -> Fate:
        fate: Fate = "survives"
        settings = self.galley.settings_of(part)
        for setting in settings:
            given = _all_answers(self.galley, part, self.galley.right(setting)[part.name], hand)
            if _agree(part, self._right(part, hand, setting), given):
                continue
            others = (other for other in settings if other != setting)
            if not any(_agree(part, self._right(part, hand, other), given) for other in others):
                return "killed"
            fate = "accepted"
        return fate

    def _serves_mistakes_only(self, piece: Piece, mutant: Mutant) -> bool:
        """Whether no right answer depends on what is changed: then it serves mistakes, or nothing that is dealt."""
        for source in mutant.poisoned():
            fates = (
                self._seen(part, hand, piece, source) for part in piece.parts for hand in self._hands(part)
            )
            if any(fate != "survives" for fate in fates):
                continue
            posed = [part for part in piece.parts if isinstance(part, Code)]
            if not posed or any(self._bears_on_mistakes(part, piece, source) for part in posed):
                return True
        return False

    def _bears_on_mistakes(self, part: Part, piece: Piece, source: str) -> bool:
        galley = self.galley
        for hand in self._hands(part)[:2]:
            for setting in galley.settings_of(part):
                for reading in galley.wrong(part, setting):
                    before = _looks(_all_answers(galley, part, reading, hand))
                    try:
                        with self.solution.changed(piece, source), time_limit(SECONDS):
                            after = _looks(_all_answers(galley, part, reading, hand))
                    except TooLongError:
                        return True
                    if before != after:
                        return True
        return False

    def survivor(self, piece: Piece, mutant: Mutant) -> Fault:
        """The fault of a survivor, with an input that kills it where one is found."""
        place, lines = f"{piece.file}:{mutant.line}", mutant.diff
        for part in piece.parts:
            hand = self._hands(part)[0]
            killing = self.killing.case(part, hand, piece, mutant) if isinstance(part, Code) else ""
            if killing:
                problem = (
                    f"a mutant of {piece.name} survives the cases of {self.galley.task.name}.{part.name}"
                )
                remedy = "Pose what kills it."
                return Fault(place, "P201", problem, remedy, f"{lines}\n{killing}")
        remedy = (
            f"Pose or deal what kills it, or mark it in {FOLDER}/{self.galley.task.name}.toml with a reason."
        )
        problem = f"a mutant of {piece.name} survives in {self.galley.task.name}, and nothing was found that kills it"
        return Fault(place, "P202", problem, remedy, f"{lines}\n{entry_for(mutant.key)}")


def _all_answers(galley: Galley, part: Part, reading: Reading, hand: Hand) -> list[Any]:
    """Answers to the cases, up to the first that fails."""
    given: list[Any] = []
    try:
        given.extend(answers(galley, part, reading, hand))
    except Exception:  # noqa: BLE001 - a mutant may raise anything
        given.append(RAISED)
    return given


def _looks(given: list[Any]) -> Any:
    return looks([repr(value) if value is RAISED else value for value in given])


def _agree(part: Part, expected: list[Any], given: list[Any]) -> bool:
    if len(expected) != len(given) or RAISED in [value for value in given if value is RAISED]:
        return False
    return all(agrees(part, right, value) for right, value in zip(expected, given, strict=True))
