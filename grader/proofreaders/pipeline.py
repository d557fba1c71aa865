"""Whether the oracle gets full marks through the whole pipeline, and who has done nothing gets none.

The oracle never enters the box: its answers are recorded, and a submission that looks them up is run in a real one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.author.parts import Part, fraction
from grader.author.readings import Setting
from grader.author.shape import place_of
from grader.box.box import Box
from grader.errors import Fault, InternalError
from grader.judge.dealing import Hand, calls_of
from grader.model.job import Job
from grader.model.observation import MISSING, Observation
from grader.model.proof import Figure
from grader.model.submission import Source
from grader.model.verdict import Verdict
from grader.proofreaders._galley import Galley
from grader.proofreaders._submissions import knowing, stubs

STUDENT = "proof"


def proofread(galley: Galley) -> Iterator[Fault | Figure]:
    """Yield a fault for each part in which the oracle is not right, or a stub earns something."""
    failing = list(_failing(galley))
    yield from failing
    if failing:
        return  # whatever else is told would be a consequence
    yield from _played(galley)
    box = Box()
    try:
        yield from _boxed(galley, box)
    finally:
        box.close()
    yield from _earning(galley, "nothing at all", dict.fromkeys(_keys(galley), MISSING))


def _failing(galley: Galley) -> Iterator[Fault]:
    for part in galley.parts:
        for hand in galley.hands_of(part):
            fault = _failure(galley, part, hand)
            if fault is not None:
                yield fault
                break


def _failure(galley: Galley, part: Part, hand: Hand) -> Fault | None:
    try:
        for setting in galley.settings():
            for number in range(len(galley.cases(part, hand))):
                galley.expected(part, number, galley.right(setting)[part.name], hand)
    except Exception as error:  # noqa: BLE001 - generators and oracles may raise anything; it is told as a fault
        cause = error.__cause__ if isinstance(error, InternalError) and error.__cause__ else error
        dealt = galley.described(part, hand)
        problem = f"{part.name}: {type(cause).__name__}: {cause}, where {dealt or 'all is posed'}"
        remedy = "Deal no such variant, or let the oracle answer it."
        return Fault(place_of(galley.task, part.right or part), "P301", problem[:400], remedy)
    return None


def _played(galley: Galley) -> Iterator[Fault]:
    """The oracle's answers through codec and judge, for every hand."""
    told: set[str] = set()
    for hand in galley.hands:
        for setting in galley.settings():
            verdicts = galley.verdicts(hand, galley.observed(hand, galley.right(setting)))
            for part in _not_right(galley, verdicts):
                if part.name not in told:
                    told.add(part.name)
                    yield _refused(galley, part, hand, setting, verdicts.get(part.name), "when it is played")


def _boxed(galley: Galley, box: Box) -> Iterator[Fault]:
    """The oracle's answers, looked up by a submission that runs in the box; then the stubs."""
    hand = galley.hands[0]
    for setting in galley.settings():
        seen = _observed(galley, box, hand, knowing(galley, hand, galley.right(setting)))
        verdicts = galley.verdicts(hand, seen)
        for part in _not_right(galley, verdicts):
            yield _refused(galley, part, hand, setting, verdicts.get(part.name), "out of the box")
    for name, source in stubs(galley).items():
        yield from _earning(galley, name, _observed(galley, box, hand, source))


def _observed(galley: Galley, box: Box, hand: Hand, source: str) -> Mapping[str, Observation]:
    whole, keys = galley.whole, _keys(galley)
    calls = tuple(call for call in calls_of(galley.assignment, hand) if call.key in keys)
    sources = (Source(f"{STUDENT}.py", "script", (source,)),)
    job = Job(STUDENT, sources, calls, whole.decisions.limits, whole.repairs, dict(whole.given))
    return box.observe(job).observations


def _keys(galley: Galley) -> set[str]:
    """Keys of what is posed in this task to parts that are marked without a person."""
    return set(galley.observed(galley.hands[0], galley.right(galley.settings()[0])))


def _not_right(galley: Galley, verdicts: Mapping[str, Verdict]) -> list[Part]:
    return [
        part
        for part in galley.parts
        if part.name not in verdicts
        or verdicts[part.name].finding != "right"
        or verdicts[part.name].points != fraction(part.points)
    ]


def _refused(
    galley: Galley, part: Part, hand: Hand, setting: Setting, verdict: Verdict | None, how: str
) -> Fault:
    under = ", ".join(f"{switch} = {value!r}" for switch, value in setting) or "as dealt"
    found = "withheld" if verdict is None else f"{verdict.finding} {verdict.difference or ''}".strip()
    dealt = galley.described(part, hand) or "what is posed"
    problem = f"{part.name}: the oracle's own answer is not right {how} ({under}; {dealt}), but {found}"
    remedy = "Give the part another comparator, or let the oracle answer what a student can hand in."
    return Fault(place_of(galley.task, part.right or part), "P302", problem[:500], remedy)


def _earning(galley: Galley, who: str, seen: Mapping[str, Observation]) -> Iterator[Fault]:
    verdicts = galley.verdicts(galley.hands[0], seen)
    for part in galley.parts:
        if part.name in verdicts and verdicts[part.name].points:
            problem = f"{part.name}: {who} earns {verdicts[part.name].points} of {part.points} points"
            remedy = "Pose cases, or ask for answers, that cannot be met by doing nothing."
            yield Fault(place_of(galley.task, part), "P303", problem, remedy)
