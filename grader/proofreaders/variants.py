"""Whether everyone is dealt something that matters, that is not degenerate, and that is equally hard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.author.parts import Answer, Part
from grader.author.readings import names_used, wanted_names
from grader.author.shape import place_of
from grader.errors import Fault
from grader.judge.dealing import Hand, deal_task, looks
from grader.model.proof import Figure
from grader.proofreaders._galley import Galley, bare, undealt
from grader.proofreaders.texts import FILLED, texts_of

DEALT = 200
"""So many deals are counted, and looked at."""
ENOUGH = 4
"""So many variants must there be before it is odd that all have the same answer."""
LONGER, LARGER, HARDER = 4, 100, 6
"""How many times more numbers, larger numbers, or more operations one student may have than another."""
OPERATION = re.compile(r"[A-Za-z]{2,}\(|[-+*/^@⊙·]+")


def proofread(galley: Galley) -> Iterator[Fault | Figure]:
    """Yield faults of what is dealt, and how many distinct variants there are."""
    try:
        hands = galley.hands if galley.complete else [_hand(galley, f"count {n}") for n in range(DEALT)]
    except Exception as error:  # noqa: BLE001 - an author's function may raise anything; it is told as a fault
        yield undealt(galley.task, error)
        return
    seen = {looks(hand[galley.task.name]) for hand in hands}
    yield Figure(galley.task.name, "distinct", len(seen))
    if not any(galley.hands[0][galley.task.name]):
        return
    if len(seen) == 1:
        problem = "every student is dealt the same"
        remedy = "Deal from several values, or write what is dealt into the task."
        yield Fault(place_of(galley.task, "variants"), "P502", problem, remedy)
        return
    yield from _useless(galley)
    for part in galley.parts:
        if isinstance(part, Answer) and _depends(galley, part):
            yield from _answer_faults(galley, part, hands)


def _hand(galley: Galley, student: str) -> Hand:
    tasks = galley.assignment.tasks.items()
    return {name: deal_task(galley.assignment, task, student) for name, task in tasks}


def _depends(galley: Galley, part: Part) -> bool:
    return bool(names_used(part) & set(galley.hands[0][galley.task.name]))


def _useless(galley: Galley) -> Iterator[Fault]:
    """Parameters that neither a text nor an oracle nor a generator of cases asks for."""
    used = {name for text in texts_of(galley) for name in FILLED.findall(text)}
    for part in galley.task.parts:
        used |= names_used(part) if part.right is not None else set()
        pose = getattr(part, "pose", None)
        used |= set(wanted_names(pose)[0]) if pose is not None else set()
    for name in galley.hands[0][galley.task.name]:
        if name not in used:
            problem = f"{name!r} is dealt, but nothing depends on it"
            remedy = "Let a text or an oracle use it, or deal it no longer."
            yield Fault(place_of(galley.task, name), "P503", problem, remedy)


def _answer_faults(galley: Galley, part: Part, hands: Sequence[Hand]) -> Iterator[Fault]:
    right = galley.right(galley.settings()[0])[part.name]
    different = {galley.dealt(part, hand): hand for hand in hands}.values()
    found = [(hand, bare(galley.expected(part, 0, right, hand))) for hand in different]
    where = place_of(galley.task, part.right or part)
    if len(found) >= ENOUGH and len({looks(answer) for _, answer in found}) == 1:
        problem = f"{part.name}: everyone has the same answer, whatever is dealt: {found[0][1]!r}"
        yield Fault(where, "P504", problem[:300], "Let the answer depend on what is dealt.")
        return
    for hand, answer in found:
        if _degenerate(part, answer):
            dealt = galley.described(part, hand)
            problem = f"{part.name}: the right answer is degenerate ({answer!r}), where {dealt}"
            remedy = "Deal no such variant: whoever has it has nothing to compute."
            yield Fault(where, "P505", problem[:400], remedy)
            break
    yield from _unequal(galley, part, found, where)


def _degenerate(part: Part, answer: Any) -> bool:
    """Whether an answer is nothing but zeros, or a formula without any of its letters."""
    symbols = getattr(part.compare, "symbols", None)
    if isinstance(answer, str):
        if not symbols:
            return False
        names = {name for symbol in symbols for name in re.findall(r"\w+", str(symbol))}
        return not names & set(re.findall(r"[^\W\d]\w*", answer.rpartition("=")[2]))
    array = _array(answer)
    return array is not None and array.ndim > 0 and array.size > 1 and not array.any()


def _array(answer: Any) -> np.ndarray[Any, Any] | None:
    if isinstance(answer, (str, bytes, Mapping)):
        return None
    try:
        return np.asarray(answer, dtype=np.float64)
    except (TypeError, ValueError):
        return None


def _unequal(galley: Galley, part: Part, found: list[tuple[Hand, Any]], where: str) -> Iterator[Fault]:
    measures = [(hand, _difficulty(answer)) for hand, answer in found]
    for what, most in (("numbers", LONGER), ("magnitude", LARGER), ("operations", HARDER)):
        sizes = [(measure[what], hand) for hand, measure in measures if what in measure]
        if not sizes:
            continue
        low, high = min(sizes, key=lambda one: one[0]), max(sizes, key=lambda one: one[0])
        if high[0] > most * max(low[0], 1.0):
            easy, hard = (galley.described(part, one[1]) for one in (low, high))
            problem = (
                f"{part.name}: one student has {low[0]:g} ({what}; {easy}), another {high[0]:g} ({hard})"
            )
            yield Fault(where, "P506", problem, "Deal what takes everyone about as long.")
            return


def _difficulty(answer: Any) -> dict[str, float]:
    if isinstance(answer, str):
        return {"operations": float(len(OPERATION.findall(answer)))}
    array = _array(answer)
    if array is None or not array.size:
        return {}
    return {"numbers": float(array.size), "magnitude": float(np.abs(array).max())}
