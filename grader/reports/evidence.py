"""The one case of a part that a page shows: what was posed, what came back, what was expected."""

from __future__ import annotations

import inspect
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from grader.author.parts import Answer, Case, Code, Part, Text
from grader.author.readings import Reading, full_reading
from grader.author.tasks import Task
from grader.errors import InternalError
from grader.judge.dealing import call_key, cases_of, looks
from grader.judge.evidence import Evidence
from grader.model.comparing import Measured
from grader.model.given import Same
from grader.model.observation import Observation
from grader.model.verdict import Difference, Verdict
from grader.reports.exhibit import Exhibit, Frame
from grader.reports.sentences import difference_sentence, outcome_sentence, place_sentence
from grader.reports.shown import TEXT, Shown, at, number_text, pair, place_of, shown, visible
from grader.reports.words import Words


@dataclass(frozen=True)
class Bench:
    """What one part's exhibit is made from."""

    evidence: Evidence
    task: Task
    part: Part
    verdict: Verdict
    reading: Reading
    words: Words

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases of the part."""
        evidence = self.evidence
        return cases_of(evidence.expectations.assignment, self.task, self.part, evidence.hand[self.task.name])

    @property
    def reveals_all(self) -> bool:
        """Whether hidden cases may be shown."""
        return self.evidence.expectations.assignment.decisions.reveal == "difference"

    def observation(self, number: int) -> Observation | None:
        """What happened when the case was posed."""
        return self.evidence.observations.get(call_key(self.task, self.part, number))

    def difference(self, number: int) -> Difference | None:
        """Where the answer to a case parts from the right one under the conventions used."""
        return self.evidence.difference(self.task, self.part, number, self.reading, {})

    def public(self) -> list[int]:
        """Numbers of the public cases that were posed."""
        return [n for n, case in enumerate(self.cases) if case.public and self.observation(n) is not None]


def exhibit_of(
    evidence: Evidence, task: Task, part: Part, verdict: Verdict, conventions: Mapping[str, str], words: Words
) -> Exhibit | None:
    """The simplest differing case, else the simplest public one; None where there is nothing to show."""
    if verdict.finding in ("missing", "withheld") or (isinstance(part, Text) and verdict.finding != "failed"):
        return None
    expectations, hand = evidence.expectations, evidence.hand
    if expectations.earlier(task, part):
        return _made(evidence, task, part, verdict, conventions, words)
    cases = cases_of(expectations.assignment, task, part, hand[task.name])
    filled_in = any("{" in case.aspect for case in cases)
    key = (
        *(
            part,
            words.language,
            verdict.finding,
            verdict.case,
            _looks(verdict.difference),
            bool(verdict.follows),
        ),
        *(tuple(conventions.items()), evidence.seen(task, part), expectations.dealt(task, part, hand)),
        looks(hand[task.name]) if filled_in else None,
    )
    exhibit: Exhibit | None = expectations.exhibits.once(
        key, lambda: _made(evidence, task, part, verdict, conventions, words)
    )
    return exhibit


def _looks(difference: Difference | None) -> Hashable:
    if difference is None:
        return None
    whole = (difference.kind, difference.place, difference.expected, difference.actual)
    return whole, tuple(difference.detail.items())


def _made(
    evidence: Evidence, task: Task, part: Part, verdict: Verdict, conventions: Mapping[str, str], words: Words
) -> Exhibit | None:
    bench = Bench(evidence, task, part, verdict, _reading(task, part, conventions), words)
    try:
        return _chosen(bench)
    except InternalError:
        return None


def _reading(task: Task, part: Part, conventions: Mapping[str, str]) -> Reading:
    setting = tuple(
        (switch, value)
        for switch, chosen in conventions.items()
        for value in task.conventions.get(switch, ())
        if str(value) == chosen
    )
    return full_reading(part, setting)


def _chosen(bench: Bench) -> Exhibit | None:
    verdict, part = bench.verdict, bench.part
    if isinstance(part, Answer):
        return _exhibit(bench, 0, verdict.difference)
    if verdict.case is None:
        public = bench.public()
        return _exhibit(bench, public[0], None) if public else None
    if bench.reveals_all or bench.cases[verdict.case].public:
        return _exhibit(bench, verdict.case, verdict.difference)
    for number in bench.public():
        difference = bench.difference(number)
        if difference is not None:
            return _exhibit(bench, number, difference)
    return _hidden(bench, verdict.case)


def _hidden(bench: Bench, number: int) -> Exhibit:
    """A differing case of which only the aspect may be told."""
    words, aspect = bench.words, _aspect(bench, number)
    observation = bench.observation(number)
    trouble = ""
    trace: tuple[Frame, ...] = ()
    if observation is not None and observation.outcome != "returned":
        trouble, trace = _trouble(bench, observation, revealed=False), _trace(bench, observation)
    difference = words.say("difference.hidden.aspect" if aspect else "difference.hidden", aspect=aspect)
    return Exhibit(number + 1, aspect, False, False, difference=difference, trouble=trouble, trace=trace)


def _exhibit(bench: Bench, number: int, difference: Difference | None) -> Exhibit | None:
    observation = bench.observation(number)
    if observation is None:
        return None
    case = bench.cases[number]
    written = isinstance(bench.part, Answer)
    revealed = bench.reveals_all or case.public
    came_back, expected = _sides(bench, number, observation, difference, revealed)
    returned = observation.outcome == "returned"
    names = argument_names(bench.part, len(case.arguments))
    read_as, set_as = _typeset(bench, number, difference, expected is not None) if written else ("", "")
    return Exhibit(
        number=0 if written else number + 1,
        aspect=_aspect(bench, number),
        public=case.public,
        right=returned and difference is None,
        arguments=_arguments(bench.part, Same(case.arguments)),
        came_back=came_back,
        expected=expected,
        textbook=bool(bench.verdict.follows),
        difference=_difference(bench, number, observation, difference, revealed),
        trouble="" if returned else _trouble(bench, observation, revealed=revealed or written),
        trace=() if returned else _trace(bench, observation),
        modified=tuple(names[index] for index in observation.modified if 0 <= index < len(names)),
        read_as=read_as,
        set_as=set_as,
    )


@lru_cache(maxsize=512)
def _arguments(part: Part, posed: Same) -> tuple[tuple[str, Shown], ...]:
    names = argument_names(part, len(posed.arguments))
    return tuple((name, shown(value)) for name, value in zip(names, posed.arguments, strict=True))


def _typeset(bench: Bench, number: int, difference: Difference | None, expected: bool) -> tuple[str, str]:
    """A formula as it was understood, and the right one: one who was misread sees it there."""
    typeset = getattr(bench.part.compare, "typeset", None)
    if typeset is None or difference is None or difference.kind not in ("formula", "undecided"):
        return "", ""
    both = (
        typeset(bench.evidence.value(bench.task, bench.part, number)),
        typeset(expected_value(bench, number)) if expected else None,
    )
    read_as, set_as = (f"${latex}$" if latex and len(latex) <= TEXT else "" for latex in both)
    return read_as, set_as


def _sides(
    bench: Bench, number: int, observation: Observation, difference: Difference | None, revealed: bool
) -> tuple[Shown | None, Shown | None]:
    """What came back and what was expected, the latter only where it differs and may be shown."""
    returned = observation.outcome == "returned"
    actual = _scored(bench.part, bench.evidence.value(bench.task, bench.part, number)) if returned else None
    if difference is None or not revealed or difference.kind == "unreadable":
        return (shown(actual) if returned else None), None
    expected = expected_value(bench, number)
    if not returned:
        return None, shown(expected)
    place = (
        place_of(difference.place) if difference.kind in ("value", "shape", "count", "type", "dtype") else ()
    )
    if difference.kind != "value":
        return shown(actual, place, marked=bool(place)), shown(expected, place, marked=bool(place))
    wanted, given = pair(expected, actual, place)
    return given, wanted


def expected_value(bench: Bench, number: int) -> Any:
    """What is right for a case under the conventions used. Raises `InternalError` where the oracle fails."""
    evidence = bench.evidence
    expected = evidence.expectations.expected(
        bench.task, bench.part, number, bench.reading, evidence.hand, {}
    )
    return _scored(bench.part, expected.value if isinstance(expected, Measured) else expected)


def _scored(part: Part, value: Any) -> Any:
    """The element of a returned tuple that the part scores; the whole where it has no such element."""
    if not isinstance(part, Code) or part.element is None:
        return value
    return value[part.element] if type(value) in (list, tuple) and len(value) > part.element else value


def _difference(
    bench: Bench, number: int, observation: Observation, difference: Difference | None, revealed: bool
) -> str:
    if difference is None or observation.outcome != "returned":
        return ""
    if not revealed and difference.kind not in ("unreadable", "undecided"):
        return ""
    return difference_sentence(bench.words, _sharpened(bench, number, difference))


def _sharpened(bench: Bench, number: int, difference: Difference) -> Difference:
    """With more digits where both texts look alike."""
    if difference.kind != "value" or difference.expected != difference.actual:
        return difference
    place = place_of(difference.place)
    actual = at(_scored(bench.part, bench.evidence.value(bench.task, bench.part, number)), place)
    expected = at(expected_value(bench, number), place)
    for digits in (9, 12, 17):
        texts = number_text(expected, digits), number_text(actual, digits)
        if texts[0] != texts[1]:
            return Difference(difference.kind, difference.place, *texts, difference.detail)
    return difference


def _trouble(bench: Bench, observation: Observation, *, revealed: bool) -> str:
    part = bench.part
    entry = part.entry if isinstance(part, Code) else f"{bench.task.name}_{part.name}"
    return outcome_sentence(bench.words, observation, entry, revealed=revealed, called=isinstance(part, Code))


def _trace(bench: Bench, observation: Observation) -> tuple[Frame, ...]:
    trace = observation.trouble.trace if observation.trouble else ()
    return tuple(
        Frame(place_sentence(bench.words, file, line=str(line)), visible(text.strip()[:TEXT]))
        for file, line, text in trace
    )


def _aspect(bench: Bench, number: int) -> str:
    assignment = bench.evidence.expectations.assignment
    variant = bench.evidence.hand[bench.task.name]
    return assignment.say(bench.words.language, bench.cases[number].aspect, variant)


@lru_cache(maxsize=1024)
def argument_names(part: Part, count: int) -> tuple[str, ...]:
    """What the oracle calls its first `count` positional arguments."""
    assert part.right is not None, "the loader refuses a part without an oracle"
    parameters = inspect.signature(part.right).parameters.values()
    names = [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)][:count]
    return (*names, *(f"[{index}]" for index in range(len(names), count)))
