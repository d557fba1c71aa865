"""How far mistakes are from what is accepted, and whether anything comes out differently twice.

The margin of a mistake: how many times nearer to the right answer its own answer would have to be to be accepted,
in the case in which it shows most.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.author.parts import Code, Part
from grader.author.readings import Reading, evaluate
from grader.author.shape import place_of
from grader.comparators.close import Close
from grader.comparators.value import Value
from grader.errors import Fault
from grader.judge.dealing import Hand, looks
from grader.judge.expecting import RAISED, perturbed
from grader.model.proof import Figure
from grader.proofreaders._agreeing import agrees
from grader.proofreaders._galley import Galley, bare
from grader.proofreaders._places import place_of_code
from grader.proofreaders._solution import Solution, answers

WANTED = 1e3
"""A mistake must be so many times farther from right answers than rounding may be."""
FINEST = 16
"""Margins are measured up to ten to this power; what is compared exactly has none."""
HANDS = 4
ROUNDINGS = 4
"""So many variants, and so many roundings of each input, are tried."""


def proofread(galley: Galley) -> Iterator[Fault | Figure]:
    """Yield faults of the comparison, and the smallest margin in powers of ten."""
    least = float(FINEST)
    for part in galley.parts:
        yield from _unsteady(galley, part)
        if isinstance(part, Code):
            yield from _given_away(galley, part)
            yield from _rounded(galley, part)
        for reading, hand in _wrong(galley, part):
            margin = _margin(galley, part, reading, hand)
            if margin is not None:
                least = min(least, margin)
            if margin is not None and 0 < margin < np.log10(WANTED):
                yield _too_near(galley, part, reading, margin)
                break
    yield Figure(galley.task.name, "margin", round(least, 1))


def _wrong(galley: Galley, part: Part) -> Iterator[tuple[Reading, Hand]]:
    for hand in galley.hands_of(part)[:HANDS]:
        for setting in galley.settings_of(part):
            yield from ((reading, hand) for reading in galley.wrong(part, setting))


def _margin(galley: Galley, part: Part, wrong: Reading, hand: Hand) -> float | None:
    """The margin as a power of ten, in the case that has most of it; None where distances do not decide."""
    if not isinstance(part.compare, (Close, Value)):
        return None
    conventions = galley.task.conventions
    setting = tuple((switch, value) for switch, value in wrong.setting if switch in conventions)
    right = galley.right(setting)[part.name]
    found: list[float] = []
    for number in range(len(galley.cases(part, hand))):
        expected = galley.expected(part, number, right, hand)
        mistaken = bare(galley.expected(part, number, wrong, hand))
        if mistaken is RAISED:
            return None
        pair = _numbers(part, bare(expected)), _numbers(part, mistaken)
        if pair[0] is None or pair[1] is None or pair[0].shape != pair[1].shape:
            return None
        if not agrees(part, expected, mistaken):
            found.append(_nearness(part, expected, pair[0], pair[1]))
    return max(found, default=None)


def _nearness(part: Part, expected: Any, right: Any, wrong: Any) -> float:
    """The largest power of ten by which a mistake may shrink and still be told, to a tenth."""
    if isinstance(part.compare, Value):
        if part.compare.decimals is None:
            return float(FINEST)
        return float(np.log10(2 * np.abs(right - wrong).max() * 10.0**part.compare.decimals * WANTED / 4))
    low, high = 0.0, float(FINEST)
    for _ in range(8):
        middle = (low + high) / 2
        if agrees(part, expected, _with(part, bare(expected), right + (wrong - right) * 10.0**-middle)):
            high = middle
        else:
            low = middle
    return low


def _numbers(part: Part, value: Any) -> Any:
    element = getattr(part, "element", None)
    if element is not None and isinstance(value, (tuple, list)):
        value = value[element]
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    return array if array.size and np.isfinite(array).all() else None


def _with(part: Part, whole: Any, value: Any) -> Any:
    element = getattr(part, "element", None)
    if element is None:
        return value
    return tuple(value if number == element else item for number, item in enumerate(whole))


def _too_near(galley: Galley, part: Part, reading: Reading, margin: float) -> Fault:
    name = "+".join(reading.codes)
    problem = (
        f"{part.name}: {name!r} is only {10**margin:.3g} times as far away as rounding may be, not {WANTED:g}"
    )
    remedy = "Compare more closely, or pose a case in which the mistake is larger."
    return Fault(place_of_code(galley.task, part, reading.codes), "P401", problem, remedy)


def _rounded(galley: Galley, part: Part) -> Iterator[Fault]:
    """A right answer that is refused when an input moves by one rounding is refused by chance."""
    hand, right = galley.hands[0], galley.right(galley.settings()[0])[part.name]
    context = galley.context(part, right, hand)
    for number, case in enumerate(galley.cases(part, hand)):
        for seed in range(1, 1 + ROUNDINGS):
            rng = np.random.default_rng(seed)
            moved = tuple(perturbed(argument, rng) for argument in case.arguments)
            try:
                with np.errstate(all="ignore"):
                    value = evaluate(part, right, moved, context)
            except Exception:  # noqa: BLE001 - an oracle may refuse what is perturbed, such as a probability above 1
                continue
            if not agrees(part, galley.expected(part, number, right, hand), value):
                problem = (
                    f"{part.name}: a right answer to case {number + 1} is refused when its input is rounded"
                )
                remedy = "Widen the tolerance, or pose an input that is better conditioned."
                yield Fault(place_of(galley.task, part), "P402", problem, remedy)
                return


def _unsteady(galley: Galley, part: Part) -> Iterator[Fault]:
    hand, solution = galley.hands[0], Solution(galley)
    if isinstance(part, Code):
        once, again = (looks([case.arguments for case in galley.posed_anew(part, hand, 0)]) for _ in "12")
        if once != again:
            problem = f"{part.name}: other cases are posed the second time"
            remedy = "Draw from the `rng` that the generator is given, and from nothing else."
            yield Fault(place_of(galley.task, part.pose or part), "P403", problem, remedy)
            return
    seen = []
    for _ in "12":
        for cache in solution.caches:
            cache.cache_clear()
        reading = galley.right(galley.settings()[0])[part.name]
        seen.append(looks(list(answers(galley, part, reading, hand))))
    if seen[0] != seen[1]:
        problem = f"{part.name}: the oracle answers one case differently twice"
        remedy = "Compute from the arguments alone; seed what must be random."
        yield Fault(place_of(galley.task, part.right or part), "P404", problem, remedy)


def _given_away(galley: Galley, part: Code) -> Iterator[Fault]:
    hand = galley.hands[0]
    cases, where = galley.cases(part, hand), place_of(galley.task, part.pose or part)
    public = {looks(case.arguments) for case in cases if case.public}
    hidden = [case for case in cases if not case.public]
    if not hidden:
        problem = f"{part.name}: every case is public, so that a table of answers earns everything"
        yield Fault(where, "P405", problem, "Pose a case that students do not see.")
        return
    if any(looks(case.arguments) in public for case in hidden):
        problem = f"{part.name}: a hidden case is the same as a public one"
        yield Fault(where, "P406", problem, "Pose another input, or show it once.")
    right = galley.right(galley.settings()[0])[part.name]
    told = {looks(bare(galley.expected(part, n, right, hand))) for n, case in enumerate(cases) if case.public}
    rest = [
        looks(bare(galley.expected(part, n, right, hand))) for n, case in enumerate(cases) if not case.public
    ]
    if len(told) == 1 and all(answer in told for answer in rest):
        problem = (
            f"{part.name}: every case has the same answer as the public one, so that it can be written down"
        )
        yield Fault(where, "P407", problem, "Pose hidden cases with other answers.")
