"""Whether every mistake is told from right answers and from every other mistake that is paid differently.

Somebody makes one mistake in one part and is right in all others, under every combination of conventions; what
the judge finds is compared with what was done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from grader.author.parts import Code, Part
from grader.author.readings import Reading, Setting, full_reading
from grader.errors import Fault
from grader.judge.dealing import Hand
from grader.model.proof import Figure
from grader.model.verdict import Verdict
from grader.proofreaders._galley import ENOUGH, Galley, asked
from grader.proofreaders._places import place_of_code
from grader.proofreaders._searching import Search

RIGHT = ("right", "followed")


@dataclass
class _Mistake:
    """What becomes of one mistake of one part over all variants and conventions."""

    part: Part
    reading: Reading
    tried: int = 0
    shown: int = 0
    named: int = 0
    taken_for: Counter[tuple[str, ...]] = field(default_factory=Counter)
    examples: dict[tuple[str, ...], Hand] = field(default_factory=dict)

    def confuse(self, codes: tuple[str, ...], hand: Hand) -> None:
        """Note that somebody who makes the mistake is told `codes` (none: that all is right)."""
        self.taken_for[codes] += 1
        self.examples.setdefault(codes, hand)


def proofread(galley: Galley) -> Iterator[Fault | Figure]:
    """Yield a fault for each mistake that is not told, or never named."""
    mistakes, search = _tried(galley), Search(galley)
    for mistake in mistakes:
        for codes, times in mistake.taken_for.items():
            yield _confusion(search, mistake, codes, times)
        enough = galley.complete or mistake.tried >= ENOUGH or not mistake.part.occasional
        if not mistake.named and not mistake.taken_for and enough:
            yield _never(galley, mistake)
    yield Figure(galley.task.name, "trials", sum(mistake.tried for mistake in mistakes))


def _tried(galley: Galley) -> list[_Mistake]:
    found: dict[tuple[str, tuple[str, ...]], _Mistake] = {}
    for part in galley.parts:
        ways = _ways(galley, part)
        for setting, others in ways:
            wrong = [one for one in galley.wrong(part, setting) if galley.can_be_handed_in(part, one)]
            enough = max(ENOUGH, galley.depth.trials // max(1, len(wrong) * len(ways)))
            for reading in wrong:
                mistake = found.setdefault((part.name, reading.codes), _Mistake(part, reading))
                for hand in galley.hands_of(part)[:enough]:
                    seen = galley.observed(hand, {**others, part.name: reading})
                    verdict = galley.verdicts(hand, seen).get(part.name)
                    if verdict is not None:  # a mark that is withheld is told by the pipeline
                        _note(galley, mistake, verdict, hand)
    return list(found.values())


def _ways(galley: Galley, part: Part) -> list[tuple[Setting, dict[str, Reading]]]:
    """Right readings of all parts that have a say in `part`, under each combination of what bears on one of them."""
    beside = galley.beside(part)
    ways: list[tuple[Setting, dict[str, Reading]]] = []
    for setting in galley.settings():
        way = {name: reading for name, reading in galley.right(setting).items() if name in beside}
        if all(way != known for _, known in ways):
            ways.append((setting, way))
    return ways


def _note(galley: Galley, mistake: _Mistake, verdict: Verdict, hand: Hand) -> None:
    mistake.tried += 1
    mistake.shown += verdict.finding not in RIGHT
    if verdict.codes == mistake.reading.codes:
        mistake.named += 1
    elif verdict.finding in RIGHT:
        if not mistake.part.occasional:
            mistake.confuse((), hand)
    elif verdict.codes and credit_of(galley, mistake.part, verdict.codes) != mistake.reading.credit:
        mistake.confuse(verdict.codes, hand)


def credit_of(galley: Galley, part: Part, codes: tuple[str, ...]) -> Fraction | None:
    """What one mistake pays, or several together; None for codes that are no mistakes of `part`."""
    credits = {one.codes: one.credit for one in galley.wrong(part, galley.settings()[0])}
    total = Fraction(1)
    for code in codes:
        if (code,) not in credits:
            return None
        total *= credits[code,]
    return total


def _confusion(search: Search, mistake: _Mistake, codes: tuple[str, ...], times: int) -> Fault:
    galley = search.galley
    task, part, hand = galley.task, mistake.part, mistake.examples[codes]
    name, other = "+".join(mistake.reading.codes), "+".join(codes)
    where = place_of_code(task, part, mistake.reading.codes)
    often = f"{times} of {mistake.tried} trials, such as {galley.described(part, hand) or 'what is posed'}"
    detail, remedy = "", "Deal no such variant, or pay both alike."
    if isinstance(part, Code):
        remedy = "Pose a case that tells them apart, or pay both alike."
        detail = search.apart(part, hand, mistake.reading, _taken_for(galley, part, codes))
    if not codes:
        problem = f"{part.name}: {name!r} is taken for right in {often}"
        return Fault(where, "P101", problem, remedy, detail)
    return Fault(where, "P102", f"{part.name}: {name!r} is taken for {other!r} in {often}", remedy, detail)


def _taken_for(galley: Galley, part: Part, codes: tuple[str, ...]) -> Reading:
    setting = galley.settings()[0]
    for reading in galley.wrong(part, setting):
        if reading.codes == codes:
            return reading
    return full_reading(part, asked(galley.task, part, setting))


def _never(galley: Galley, mistake: _Mistake) -> Fault:
    name, where = "+".join(mistake.reading.codes), mistake.part.name
    if not mistake.shown:
        problem = f"{where}: {name!r} never changes an answer, in {mistake.tried} trials"
        remedy = "Deal variants or pose cases in which it shows, or take it out."
        return Fault(place_of_code(galley.task, mistake.part, mistake.reading.codes), "P103", problem, remedy)
    problem = f"{where}: the sentence of {name!r} can never appear: another reading explains the same first"
    remedy = "Take one of them out, or pose a case that tells them apart."
    return Fault(place_of_code(galley.task, mistake.part, mistake.reading.codes), "P104", problem, remedy)
