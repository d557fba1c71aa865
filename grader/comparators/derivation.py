"""Derivations line by line: every line must follow from the one before, and the first that does not is named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from msgspec import structs

from grader.algebra.comparison.equality import Equal, Undecided, Unequal
from grader.algebra.comparison.points import Domain
from grader.algebra.comparison.proving import decide
from grader.algebra.comparison.witnesses import Witness
from grader.algebra.differentiation.differentiating import derivative
from grader.algebra.names import Symbols
from grader.algebra.nodes import Derivative, Node, has_derivative
from grader.algebra.reader.derivations import (
    MAX_LINES,
    Step,
    UnreadableStepError,
    lines_of,
    own_steps,
    results_by_wrong_rules,
    steps_of,
)
from grader.algebra.reader.plain_text import MAX_LENGTH, answer_span
from grader.algebra.replacing import replaced
from grader.algebra.unreadable import Unreadable
from grader.comparators._typed import (
    SHOWN,
    expected_in,
    seed_of,
    shown_witness,
    unevaluated,
    unreadable,
    wrong_type,
)
from grader.comparators.formula import Pairs, as_typed, bare, expected_formula, meanings_of, with_meanings
from grader.model.verdict import Difference

Verdict = Equal | Unequal | Undecided

_ASKED = re.compile(r"\s*d/d(\w+)\s*=")


@dataclass(frozen=True)
class Question:
    """What is asked and expected.

    function   what is differentiated, None where it is not known; `variable` by what
    right      its derivative, else what is expected
    expected   what the last line must be: `right`, or what a wrong turn gives; `typed` without what symbols mean
    """

    function: Node | None
    variable: str
    right: Node
    expected: Node
    seed: int
    meanings: Mapping[str, Node] = field(default_factory=dict)
    typed: Node | None = None


@dataclass(frozen=True)
class Derivation:
    """Compares derivations: a list of lines, a text of lines, or a chain `a = b = c`.

    symbols, domain, aliases, decimal_comma, variable, meanings   as in `Formula`
    least    so many different lines of one's own make a derivation; fewer are a jump to the answer
    broken   so many lines may be wrong in themselves, if everything else follows from the line before it;
             what comes out in the end is then not asked

    The expected text is `d/dy(f) = result`, or `d/dy = result` where the function is not known: the left side says by
    what a prime differentiates, what `f` stands for, and what is right before a wrong turn. Skipped steps are fine.
    Meanings may follow as in `Formula`; those of `dL/dp` and its like make chain rules readable.
    """

    symbols: tuple[str, ...]
    domain: Domain = ()
    aliases: tuple[tuple[str, str], ...] = ()
    decimal_comma: bool = False
    variable: str = ""
    least: int = 2
    broken: int = 0
    meanings: Pairs = ()

    def agrees(self, expected: Any, actual: Any) -> bool:
        """Whether the derivation is right, at a fraction of what it costs to say which line is not."""
        return self._compared(expected, actual, explain=False) is None

    def written(self, expected: Any) -> list[str]:
        """The shortest derivation that has what is expected, or what this comparator looks for."""
        result = self._result(expected)
        if self.broken:
            return [f"({result}) + 0", f"= ({result}) + 1", f"= 1 + ({result}) + 0"]
        return [f"({result}) + 0", f"= {result}"] if self.least > 1 else [result]

    def _result(self, expected: Any) -> str:
        text = bare(str(expected_in(expected)))
        start, end = answer_span(text)
        return text[start:end].strip()

    def faces(self, expected: Any) -> tuple[str, ...]:
        """What a key shows of `expected`: what comes out."""
        return (self._result(expected),)

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give None where every line follows up to `expected`. Raises `ValueError` where that cannot be read."""
        return self._compared(expected, actual, explain=True)

    def _compared(self, expected: Any, actual: Any, explain: bool) -> Difference | None:
        question, known, meanings = self._question(str(expected_in(expected)))
        lines = lines_of(actual)
        if lines is None:
            return wrong_type(actual, "text")
        if sum(map(len, lines)) > MAX_LENGTH or len(lines) > MAX_LINES:
            return unreadable("\n".join(lines)[:SHOWN], Unreadable(MAX_LENGTH, "too_long"))
        try:
            read = _steps(tuple(lines), known, question.function, tuple(meanings.items()))
            steps = self._on_the_way(list(read), question)
        except UnreadableStepError as error:
            return unreadable(error.text, error.error, error.place)
        wrong = self._first_wrong(steps, question, explain)
        return wrong or _unfinished(steps, self.least)

    def _question(self, whole: str) -> tuple[Question, Symbols, Mapping[str, Node]]:
        known = Symbols(tuple(self.symbols), tuple(self.aliases), self.decimal_comma, self.variable)
        return _question(whole, known, tuple(self.meanings))

    def _on_the_way(self, steps: list[Step], question: Question) -> list[Step]:
        """Take for steps on the way what looked like a calculation on the side, but begins with what is asked for."""
        found: list[Step] = []
        side = False
        for step in steps:
            if step.opens:
                values = (question.right, question.expected)
                side = not any(self._same(value, step.tree, question) for value in values)
            taken = step.kind == "side" and not side
            found.append(structs.replace(step, kind="step", opens=False) if taken else step)
        return found

    def _first_wrong(self, steps: list[Step], question: Question, explain: bool) -> Difference | None:
        """The first step that is not as it should be.

        Before a wrong turn, steps equal what is right; after it, what the wrong turn gives.
        """
        undecided: Difference | None = None
        before, wanted, broken = question.right, question.right, 0
        turned = self._same(question.right, question.expected, question)
        for number, step in enumerate(steps):
            target = step.tree if step.opens else self._target(step, before, wanted, question, number)
            verdict = self._compare(target, step.tree, question, explain=explain)
            if isinstance(verdict, Undecided):
                shown, reason = step.text.strip()[:SHOWN], {"reason": str(verdict.reason)}
                undecided = undecided or Difference("undecided", step.place, "", shown, reason)
            elif isinstance(verdict, Unequal) and step.kind == "step" and not turned:
                turned, wanted = self._same(question.expected, step.tree, question), question.expected
                if not turned:
                    return self._described(steps, number, verdict, question, explain)
            elif isinstance(verdict, Unequal):
                broken += 1
                if broken > self.broken or all(self._restates(one, question) for one in steps[:number]):
                    return self._described(steps, number, verdict, question, explain)
                wanted = step.tree if step.kind == "step" else wanted
            before = step.tree
        if undecided is None and (not turned or broken < self.broken):
            return Difference("line", "", "", "")
        return undecided

    def _target(self, step: Step, before: Node, wanted: Node, question: Question, number: int) -> Node:
        """What a step must equal."""
        function = question.function
        if step.kind == "side":
            return before
        if function is None or isinstance(step.tree, Derivative):
            return wanted
        if step.kind == "function":
            return function
        # what is differentiated is looked for last, as few write it down once more
        untouched = (
            number == 0
            and not self._same(wanted, step.tree, question)
            and self._same(function, step.tree, question)
        )
        return function if untouched else wanted

    def _restates(self, step: Step, question: Question) -> bool:
        """Whether a step only says once more what is asked for."""
        if step.kind == "function" or isinstance(step.typed, Derivative):
            return True
        function = question.function
        return function is not None and self._same(function, step.tree, question)

    def _described(
        self, steps: list[Step], number: int, verdict: Unequal, question: Question, explain: bool
    ) -> Difference:
        step = steps[number]
        if not explain:
            return Difference("line", step.place)
        detail = shown_witness(self._shorter(step, question) or verdict.witness)
        previous = steps[number - 1].tree if number and not step.opens else None
        follows = previous is not None and self._same(previous, step.tree, question)
        detail["follows"] = "yes" if follows else "no"
        rule = self._rule(previous, step, question) if step.kind == "step" else ""
        detail |= {"rule": rule} if rule else {}
        return Difference("line", step.place, "", step.text.strip()[:SHOWN], detail)

    def _shorter(self, step: Step, question: Question) -> Witness | None:
        """A point in the symbols that were typed, where the step should be the result, and can be told from it so."""
        typed = question.typed
        if typed is None or step.kind != "step" or not as_typed(typed, step.typed, question.meanings):
            return None
        if not self._same(question.right, question.expected, question) or has_derivative(step.typed):
            return None
        verdict = self._compare(typed, step.typed, question, explain=True)
        return verdict.witness if isinstance(verdict, Unequal) else None

    def _rule(self, previous: Node | None, step: Step, question: Question) -> str:
        """The wrong rule by which a step comes from the one before it, or from the question."""
        before = previous
        if question.function is not None and (previous is None or previous == question.function):
            before = Derivative(question.function, question.variable)
        results = {} if before is None else results_by_wrong_rules(before)
        return next((rule for rule, tree in results.items() if self._same(tree, step.tree, question)), "")

    def _compare(self, right: Node, yours: Node, question: Question, explain: bool) -> Verdict:
        verdict = _at_a_glance(right, yours, tuple(self.domain), question.seed)
        if isinstance(verdict, Equal) or not explain:
            return verdict
        return decide(right, yours, domain=tuple(self.domain), seed=question.seed)

    def _same(self, right: Node, yours: Node, question: Question) -> bool:
        return isinstance(self._compare(right, yours, question, explain=False), Equal)


@lru_cache(maxsize=256)  # lines of a derivation are often the same formula, and one is asked about again
def _at_a_glance(right: Node, yours: Node, domain: Domain, seed: int) -> Verdict:
    return decide(right, yours, domain=domain, seed=seed, explain=False)


@lru_cache(maxsize=1024)  # the same for a whole class, and for every answer that is compared with one mistake
def _question(whole: str, symbols: Symbols, own: Pairs) -> tuple[Question, Symbols, Mapping[str, Node]]:
    text, pairs = with_meanings(whole)
    asked = _ASKED.match(text)
    known = replace(symbols, variable=asked[1]) if asked else symbols
    start, end = answer_span(text)
    result = text[start:end].strip()
    meanings = meanings_of((*pairs, *own), known)
    left = expected_formula(text[: start - 1], known) if start and asked is None else None
    if isinstance(left, Derivative):
        known = replace(known, variable=left.variable)
    typed = expected_formula(result, known)
    expected = replaced(typed, meanings)
    if not isinstance(left, Derivative):
        question = Question(None, known.variable, expected, expected, seed_of(text), meanings, typed)
        return question, known, meanings
    function = replaced(left.body, meanings)
    right = _derived(function, left.variable)
    question = Question(function, left.variable, right, expected, seed_of(text), meanings, typed)
    return question, known, meanings


@lru_cache(maxsize=64)
def _derived(function: Node, variable: str) -> Node:
    return derivative(function, variable)


@lru_cache(maxsize=16)  # one derivation is compared with dozens of readings
def _steps(
    lines: tuple[str, ...], known: Symbols, function: Node | None, meanings: tuple[tuple[str, Node], ...]
) -> tuple[Step, ...]:
    return tuple(steps_of(list(lines), known, function, dict(meanings)))


def _unfinished(steps: list[Step], least: int) -> Difference | None:
    """Tell whether the last line is no result, or there are too few lines of one's own."""
    own = own_steps(steps)
    if own < least:
        return Difference("count", "", str(least), str(own), {"reason": "steps"})
    last = steps[-1]
    if last.kind != "step":
        return Difference("line", last.place, "", last.text.strip()[:SHOWN], {"reason": "unfinished"})
    if has_derivative(last.tree):
        return unevaluated(last.text.strip(), 1, last.place)
    return None
