"""Dealing questions: as many to everyone, each asked as often as any other, and neighbours have different ones.

What has been asked of somebody before is never asked again. Balance comes next: no question is asked more often
than another by more than one, unless what was asked before leaves no other way. Neighbours come last: the sum of
the squares of how many questions neighbours share is brought down as far as exchanging pairs brings it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise

from grader.judge.dealing import seed_of

PASSES = 10
PARTNERS = 200
"""With how many others an exchange is tried: a class, not a university."""


def deal_questions(
    questions: Sequence[str],
    choose: int,
    students: Sequence[str],
    seed: str,
    had: Mapping[str, Set[str]],
) -> dict[str, tuple[str, ...]]:
    """Student → questions, in the order in which they are given.

    `students` sit in this order; `had` holds what was asked of them before. The same arguments give the same
    tickets on every machine. Raises `ValueError` where a student has fewer than `choose` questions left.
    """
    for student in students:
        if len(set(questions) - had.get(student, set())) < choose:
            raise ValueError(f"fewer than {choose} questions are left for {student}")
    dealing = _Dealing(questions, choose, students, seed, had)
    dealing.draw()
    dealing.balance()
    dealing.part_neighbours()
    order = {question: number for number, question in enumerate(questions)}
    return {
        student: tuple(sorted(held, key=order.__getitem__))
        for student, held in zip(students, dealing.held, strict=True)
    }


def unevenness(tickets: Mapping[str, Sequence[str]], questions: Sequence[str]) -> int:
    """How much more often the most frequent question is asked than the rarest."""
    uses = [sum(question in held for held in tickets.values()) for question in questions]
    return max(uses, default=0) - min(uses, default=0)


def shared(tickets: Mapping[str, Sequence[str]]) -> int:
    """How many pairs of neighbours have a question in common."""
    return sum(bool(set(one) & set(other)) for one, other in pairwise(tickets.values()))


class _Dealing:
    """Tickets in the making."""

    def __init__(
        self,
        questions: Sequence[str],
        choose: int,
        students: Sequence[str],
        seed: str,
        had: Mapping[str, Set[str]],
    ) -> None:
        self.random = random.Random(seed_of("tickets", seed, *questions))
        self.questions = questions
        self.choose = choose
        self.allowed = [frozenset(questions) - had.get(student, frozenset()) for student in students]
        self.held: list[set[str]] = [set() for _ in students]
        self.uses = dict.fromkeys(questions, 0)

    def draw(self) -> None:
        """Draw from a shuffled pack: what the neighbour does not have first, of that the rarest."""
        before: set[str] = set()
        for allowed, held in zip(self.allowed, self.held, strict=True):
            pack = [question for question in self.questions if question in allowed]
            self.random.shuffle(pack)
            pack.sort(key=lambda question: (question in before, self.uses[question]))
            for question in pack[: self.choose]:
                held.add(question)
                self.uses[question] += 1
            before = held

    def balance(self) -> None:
        """Hand questions on along chains of students until no chain makes the uses more even."""
        while (chain := self._chain()) is not None:
            for student, given, taken in chain:
                self._replace(student, given, taken)

    def _chain(self) -> list[tuple[int, str, str]] | None:
        """The shortest chain of (student, given up, taken) from a question to one asked less often by two or more."""
        for start in sorted(self.questions, key=lambda question: -self.uses[question]):
            came: dict[str, tuple[int, str]] = {start: (-1, "")}
            reached = [start]
            for question in reached:
                if self.uses[question] <= self.uses[start] - 2:
                    return _walked(came, question)
                for student, other in self._exchanges(question, came):
                    came[other] = (student, question)
                    reached.append(other)
        return None

    def _exchanges(self, question: str, known: Mapping[str, object]) -> Iterator[tuple[int, str]]:
        """Who could give `question` up, and for which other one that is not `known`, each once."""
        wanted = [other for other in self.questions if other not in known]
        for student, (held, allowed) in enumerate(zip(self.held, self.allowed, strict=True)):
            if question not in held:
                continue
            for other in [one for one in wanted if one in allowed and one not in held]:
                wanted.remove(other)
                yield student, other

    def part_neighbours(self) -> None:
        """Exchange questions as long as neighbours come to share less."""
        for _ in range(PASSES):
            better = False
            for student in range(len(self.held)):
                for question in self._in_common(student):
                    better = self._part(student, question) or better
            if not better:
                return

    def _in_common(self, student: int) -> list[str]:
        near = set().union(*(self.held[other] for other in self._beside(student)))
        return [question for question in self.questions if question in self.held[student] & near]

    def _part(self, student: int, question: str) -> bool:
        """Give `question` of `student` up for another one, if that leaves neighbours sharing less."""
        if question not in self.held[student]:
            return False
        for other in self.questions:
            free = other in self.allowed[student] and other not in self.held[student]
            if not free:
                continue
            if self.uses[question] > self.uses[other] and self._improves([(student, question, other)]):
                return True
            for partner in self._partners(student, question, other):
                if self._improves([(student, question, other), (partner, other, question)]):
                    return True
        return False

    def _partners(self, student: int, question: str, other: str) -> Iterator[int]:
        """Students who could take `question` for `other`, the next ones first."""
        count = len(self.held)
        for step in range(1, min(count, PARTNERS)):
            partner = (student + step) % count
            held = self.held[partner]
            if other in held and question not in held and question in self.allowed[partner]:
                yield partner

    def _improves(self, exchange: list[tuple[int, str, str]]) -> bool:
        """Carry an exchange out; take it back where neighbours do not share less."""
        around = sorted({near for student, _, _ in exchange for near in (student, student - 1)})
        before = sum(map(self._overlap, around))
        for student, given, taken in exchange:
            self._replace(student, given, taken)
        if sum(map(self._overlap, around)) < before:
            return True
        for student, given, taken in exchange:
            self._replace(student, taken, given)
        return False

    def _overlap(self, student: int) -> int:
        """The square of how much a student shares with the next one: two small overlaps beat a large one."""
        if not 0 <= student < len(self.held) - 1:
            return 0
        return len(self.held[student] & self.held[student + 1]) ** 2

    def _beside(self, student: int) -> list[int]:
        return [other for other in (student - 1, student + 1) if 0 <= other < len(self.held)]

    def _replace(self, student: int, given: str, taken: str) -> None:
        self.held[student].remove(given)
        self.held[student].add(taken)
        self.uses[given] -= 1
        self.uses[taken] += 1


def _walked(came: Mapping[str, tuple[int, str]], end: str) -> list[tuple[int, str, str]]:
    """The chain that leads to `end`, from its end."""
    chain = []
    student, before = came[end]
    while student >= 0:
        chain.append((student, before, end))
        end = before
        student, before = came[end]
    return chain
