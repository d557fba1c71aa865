"""Diagnosing: which reading explains every observation of a part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.author.parts import Answer, Code, Part, Text, fraction
from grader.author.readings import (
    Reading,
    Setting,
    full_reading,
    names_bearing,
    paired_readings,
    single_readings,
)
from grader.author.tasks import Task
from grader.judge.dealing import cases_of
from grader.judge.evidence import Evidence
from grader.judge.following import own_answers
from grader.judge.ticking import ticked
from grader.model.observation import Observation
from grader.model.verdict import Difference, Verdict


@dataclass(frozen=True)
class Found:
    """A verdict with the reading behind it, which later parts may take over."""

    verdict: Verdict
    reading: Reading


class Diagnosis:
    """Diagnoses the parts of one task under one combination of conventions."""

    def __init__(
        self,
        evidence: Evidence,
        task: Task,
        conventions: Setting,
        alone: dict[tuple[str, Setting], Found] | None = None,
    ) -> None:
        """`alone` is shared by the combinations of a task: what parts that build on no other are found to be.

        Its keys hold those conventions only that bear on the part.
        """
        self.alone = {} if alone is None else alone
        self.evidence = evidence
        self.task = task
        self.conventions = conventions
        self.found: dict[str, Found] = {}

    def most(self, part: Part) -> Fraction:
        """Points that the judge gives at most: what no wrong reading is asked for."""
        setting, posed = self._setting(part), self.evidence.posed(self.task, part)
        outright = self._outright(part, posed, setting)
        if outright is not None:
            return outright.verdict.points
        if part.continues is not None or self.evidence.expectations.earlier(self.task, part):
            return fraction(part.points)  # what follows from an earlier mistake has full points
        partial = self._partial_once(part, posed, setting).verdict
        if partial.finding in ("failed", "right"):
            return partial.points
        best = max((reading.credit for reading in single_readings(part, setting)), default=Fraction(0))
        return max(best * fraction(part.points), partial.points)

    def is_right(self, part: Part) -> bool:
        """Whether a part is what the right reading expects."""
        setting, posed = self._setting(part), self.evidence.posed(self.task, part)
        found = self._outright(part, posed, setting) or self._partial_once(part, posed, setting)
        return found.verdict.finding == "right"

    def judge(self, part: Part, elsewhere: Mapping[str, Verdict]) -> Verdict:
        """Judge one part; `elsewhere` holds verdicts of other tasks' parts by `<task>_<part>`."""
        setting = self._setting(part)
        posed = self.evidence.posed(self.task, part)
        found = (
            self.alone.get((part.name, setting))
            or self._outright(part, posed, setting)
            or self._compared(part, posed, setting, elsewhere)
        )
        if not part.continues and not self.evidence.expectations.earlier(self.task, part):
            self.alone[part.name, setting] = found
        self.found[part.name] = found
        return found.verdict

    def _setting(self, part: Part) -> Setting:
        """The conventions that bear on a part."""
        asked = names_bearing(self.task, part)
        return tuple((switch, value) for switch, value in self.conventions if switch in asked)

    def _outright(self, part: Part, posed: list[tuple[int, Observation]], setting: Setting) -> Found | None:
        outcomes = {observation.outcome for _, observation in posed}
        reading = full_reading(part, setting)
        if "faulted" in outcomes:
            return Found(self._verdict(part, "withheld", posed, Fraction(0)), reading)
        if not posed or outcomes == {"missing"}:
            return Found(self._verdict(part, "missing", posed, Fraction(0)), reading)
        if isinstance(part, Text):
            return Found(ticked(self.task, part, posed[0][1], self.evidence.ticks), reading)
        return None

    def _compared(
        self,
        part: Part,
        posed: list[tuple[int, Observation]],
        setting: Setting,
        elsewhere: Mapping[str, Verdict],
    ) -> Found:
        """What explains the part, worked out once for all who gave the same answers to the same cases."""
        expectations = self.evidence.expectations

        def explained() -> Found:
            return self._explained(part, posed, setting, elsewhere)

        if expectations.earlier(self.task, part):
            return explained()
        dealt = expectations.dealt(self.task, part, self.evidence.hand)
        key = (part, setting, self._taken_over(part), dealt, self.evidence.seen(self.task, part))
        found: Found = expectations.findings.once(key, explained)
        return found

    def _explained(
        self,
        part: Part,
        posed: list[tuple[int, Observation]],
        setting: Setting,
        elsewhere: Mapping[str, Verdict],
    ) -> Found:
        points = fraction(part.points)
        partial = self._partial_once(part, posed, setting)
        if partial.verdict.finding in ("failed", "right"):
            return partial
        for reading, own, follows in self._candidates(part, posed, setting, elsewhere):
            if not self._explains(part, posed, reading, own):
                continue
            credited, shown = reading.credit * points, partial.verdict.points
            finding = "misconception" if reading.codes else "followed" if follows else "right"
            verdict = self._verdict(
                part,
                finding,
                posed,
                max(credited, shown),  # knowing what went wrong never costs what the right aspects earn
                reading=reading,
                setting=setting,
                follows=follows,
                aspects=partial.verdict.aspects if shown > credited else (),
                case=partial.verdict.case,
                difference=partial.verdict.difference,
            )
            return Found(verdict, reading)
        return partial

    def _candidates(
        self,
        part: Part,
        posed: list[tuple[int, Observation]],
        setting: Setting,
        elsewhere: Mapping[str, Verdict],
    ) -> Iterator[tuple[Reading, dict[str, Any], tuple[str, ...]]]:
        """Readings behind the right one, as they are believed, with the own earlier answers they use."""
        none: dict[str, Any] = {}
        here = {name: found.verdict for name, found in self.found.items()}
        own, follows = own_answers(self.evidence, self.task, part, here, elsewhere)
        if own:
            yield full_reading(part, setting), own, follows
        taken_over = self._taken_over(part)
        if taken_over and part.continues is not None:
            name = f"{self.task.name}.{part.continues.name}"
            yield full_reading(part, setting, taken_over), none, (name,)
        for reading in single_readings(part, setting):
            yield reading, none, ()
        for reading in self._pairs(part, posed, setting):
            yield reading, none, ()
        if own:
            for reading in single_readings(part, setting):
                yield reading, own, follows

    def _pairs(self, part: Part, posed: list[tuple[int, Observation]], setting: Setting) -> Iterator[Reading]:
        """Pairs of slips each of which matters on its own in what was posed: few of the hundreds there are."""
        expectations, base = self.evidence.expectations, full_reading(part, setting)
        numbers = tuple(number for number, _ in posed)
        matter = {
            reading.codes
            for reading in single_readings(part, setting)
            if expectations.differ(self.task, part, numbers, base, reading, self.evidence.hand)
        }
        for reading in paired_readings(part, setting):
            if all((code,) in matter for code in reading.codes):
                yield reading

    def _taken_over(self, part: Part) -> Setting:
        """Slips diagnosed in the part that this one continues, on switches that both have."""
        if part.continues is None or part.continues.name not in self.found:
            return ()
        earlier = self.found[part.continues.name]
        if not earlier.verdict.codes:
            return ()
        return tuple((switch, value) for switch, value in earlier.reading.setting if switch in part.slips)

    def _explains(
        self, part: Part, posed: list[tuple[int, Observation]], reading: Reading, own: Mapping[str, Any]
    ) -> bool:
        return all(self.evidence.agrees(self.task, part, number, reading, own) for number, _ in posed)

    def _partial_once(self, part: Part, posed: list[tuple[int, Observation]], setting: Setting) -> Found:
        key = self.task.name, part.name, setting
        if key not in self.evidence.partials:
            self.evidence.partials[key] = self._partial(part, posed, setting)
        found: Found = self.evidence.partials[key]
        return found

    def _partial(self, part: Part, posed: list[tuple[int, Observation]], setting: Setting) -> Found:
        """The verdict if nothing but the right reading explains the part: what its wholly explained aspects earn."""
        reading, points = full_reading(part, setting), fraction(part.points)
        differences = {
            number: self.evidence.difference(self.task, part, number, reading, {}) for number, _ in posed
        }
        wrong = [number for number, difference in differences.items() if difference is not None]
        returned = any(observation.outcome == "returned" for _, observation in posed)
        if returned and not wrong:
            return Found(self._verdict(part, "right", posed, points, setting=setting), reading)
        aspects, share = self._aspects(part, differences)
        finding = "unexplained" if returned else "failed"
        kinds = {difference.kind for difference in differences.values() if difference is not None}
        if isinstance(part, Answer) and kinds == {"undecided"}:
            finding = "undecided"
        if finding == "unexplained" and isinstance(part, Answer):
            share = self.evidence.share(self.task, part, reading)
        verdict = self._verdict(
            part,
            finding,
            posed,
            share * points,
            setting=setting,
            aspects=aspects,
            case=wrong[0] if wrong else None,
            difference=differences[wrong[0]] if wrong else None,
        )
        return Found(verdict, reading)

    def _aspects(
        self, part: Part, differences: Mapping[int, Difference | None]
    ) -> tuple[tuple[str, ...], Fraction]:
        if not isinstance(part, Code):
            return (), Fraction(0)
        cases = cases_of(
            self.evidence.expectations.assignment, self.task, part, self.evidence.hand[self.task.name]
        )
        right: dict[str, bool] = {}
        for number, difference in differences.items():
            aspect = cases[number].aspect
            right[aspect] = right.get(aspect, True) and difference is None
        weights = {aspect: fraction(part.aspects.get(aspect, 0 if part.aspects else 1)) for aspect in right}
        total = sum(weights.values(), Fraction(0))
        earned = tuple(aspect for aspect, good in right.items() if good and weights[aspect])
        if not total:
            return earned, Fraction(0)
        return earned, sum((weights[aspect] for aspect in earned), Fraction(0)) / total

    def _verdict(
        self,
        part: Part,
        finding: Any,
        posed: list[tuple[int, Observation]],
        points: Fraction,
        *,
        reading: Reading | None = None,
        setting: Setting = (),
        follows: tuple[str, ...] = (),
        aspects: tuple[str, ...] = (),
        case: int | None = None,
        difference: Difference | None = None,
    ) -> Verdict:
        repairs = dict.fromkeys(name for _, observation in posed for name in observation.repairs)
        return Verdict(
            self.task.name,
            part.name,
            finding,
            points,
            fraction(part.points),
            codes=reading.codes if reading else (),
            conventions={switch: str(value) for switch, value in setting},
            follows=follows,
            aspects=aspects,
            case=case,
            difference=difference,
            repairs=tuple(repairs),
        )
