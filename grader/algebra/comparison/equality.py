"""Whether two expressions are equal: exactly for rational functions, at random points for all others.

Compared is where the *expected* expression is real, first near zero, then further off; where it is real nowhere, its
complex values at real points are, and where it is seldom real, they may confirm what few points say. An answer that
is not real at some of these points but agrees at all others (`2ln x` for `ln x²`) is equal on a smaller domain.
Points lie off every lattice, so that no jump of `sign` or `floor` is hit.

How sure a verdict is:

* *different* is certain. Two balls, each proved to hold a value, do not meet; or two residues differ (then only
  a denominator divisible by 2^61 − 1 could deceive).
* *equal* of rational functions errs with a probability of at most (d/(2^61 − 1))³ for degree d (Schwartz 1980,
  Zippel 1979): three points over GF(2^61 − 1); for d = 10^6 below 10^-37.
* *equal* of others is an agreement at eight points (four, where few points have real values), each coordinate
  one of at least 2^20 numbers: the values agree to 60 bits or more, and at the first point nothing is seen of a
  difference with 424 bits. A difference that is a polynomial of degree d in some variable vanishes at eight
  such points with a probability of at most (d/2^20)^8, for d = 1000 below 10^-24. For other functions there is
  no bound in the worst case (Richardson 1968: it cannot be decided), but an analytic function that is not zero
  vanishes almost nowhere. What is not analytic (roots, |x|, cases) is compared at twelve points more, of the size
  of the numbers in it: |x − 100| is no 100 − x. A constant has one point, of 424 bits.
* *undecided* is everything else: no point where both are real, or too hard to evaluate.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

from grader.algebra.comparison.evaluating import EVALUATOR, Evaluator
from grader.algebra.comparison.points import NEAR, Domain, point, scaled
from grader.algebra.comparison.programs import Program, compiled
from grader.algebra.comparison.residues import compare_rational
from grader.algebra.comparison.special import compare_special, is_special, whole_symbols
from grader.algebra.comparison.verdicts import Equal, Undecided, Unequal, Verdict
from grader.algebra.comparison.witnesses import undefined_at, witness_at, witness_of
from grader.algebra.nodes import Node

__all__ = ["Equal", "Undecided", "Unequal", "compare"]

POINTS = 8
ENOUGH = 4
TRIES = NEAR
FURTHER_TRIES = 2 * NEAR
BENT_POINTS = 12
HOPELESS = 6
FIRST_BITS = 106
LAST_BITS = 3392
EFFORT = 60_000
"""Instructions times precision, in units of the first precision, that one comparison may take."""


def compare(
    expected: Node,
    actual: Node,
    *,
    domain: Domain = (),
    seed: int = 0,
    evaluator: Evaluator = EVALUATOR,
    explain: bool = True,
) -> Verdict:
    """Compare two expressions; the same arguments give the same result. Never raises on trees that `read` gave.

    Without `explain` no witness is looked for, which takes longer than to find out that two formulas differ.
    """
    if expected == actual:
        return Equal("structure")
    if is_special(expected) or is_special(actual):
        again = partial(compare, domain=domain, seed=seed, evaluator=evaluator, explain=explain)
        return compare_special(expected, actual, again)
    whole = (whole_symbols(expected) | whole_symbols(actual)).difference(name for name, _ in domain)
    domain = (*domain, *((name, "integer") for name in sorted(whole)))
    right, yours = _reference(expected, domain, seed, evaluator), compiled(actual)
    if right.program.rational and yours.rational:
        match compare_rational(right.program, yours, seed):
            case "equal":
                return Equal("exact")
            case "different" if not explain:
                return Unequal(None)
            case "different":
                return Unequal(witness_of(right.program, yours, domain, evaluator))
            case "undefined":
                return Unequal(undefined_at(right.program, yours, domain, evaluator))
    search = _Search(right, yours, True, explain)
    verdict = search.run()
    if isinstance(verdict, Unequal):
        return verdict
    if search.nowhere_real:
        return _Search(right, yours, False, explain).run()
    if search.seldom_real and isinstance(beyond := _Search(right, yours, False, explain).run(), Equal):
        return beyond
    return verdict


class _Reference:
    """The expected expression, with its values at the points where it has been evaluated."""

    def __init__(self, node: Node, domain: Domain, seed: int, evaluator: Evaluator) -> None:
        self.program = compiled(node)
        self.domain = domain
        self.seed = seed
        self.evaluator = evaluator
        self.values: dict[tuple[int, int, bool], Any] = {}

    def value(self, number: int, where: dict[str, Fraction], bits: int, real: bool) -> Any:
        """The value at the point of that number; those of negative numbers differ from answer to answer."""
        key = (number, bits, real)
        if number < 0 or key not in self.values:
            found = self.evaluator.evaluate(self.program, where, bits, real=real)
            if number < 0:
                return found
            self.values[key] = found
        return self.values[key]


@lru_cache(maxsize=512)
def _reference(node: Node, domain: Domain, seed: int, evaluator: Evaluator) -> _Reference:
    return _Reference(node, domain, seed, evaluator)


class _Search:
    """Goes from point to point until enough agree or one differs."""

    def __init__(self, right: _Reference, yours: Program, real: bool, explain: bool) -> None:
        self.right = right
        self.explain = explain
        self.yours = yours
        self.real = real
        self.evaluator = right.evaluator
        self.effort = 0.0
        self.counts = dict.fromkeys(("agreed", "not_real", "undefined", "unclear", "skipped"), 0)
        self.names = tuple(dict.fromkeys((*right.program.symbols, *yours.symbols)))

    @property
    def nowhere_real(self) -> bool:
        """Whether the expected expression was not real at any point."""
        return self.counts["skipped"] == sum(self.counts.values())

    @property
    def seldom_real(self) -> bool:
        """Whether the expressions agreed where both were real, which was at too few points."""
        return 0 < self.counts["agreed"] < ENOUGH and self.counts["agreed"] + self.counts["skipped"] == sum(
            self.counts.values()
        )

    def run(self) -> Verdict:
        """Compare at up to `TRIES` points, or `FURTHER_TRIES` where values are hardly ever real.

        A constant has one point only, and is looked at once.
        """
        tries, wanted = (FURTHER_TRIES, POINTS) if self.names else (1, 1)
        for number in range(tries):
            if number == TRIES and not self._may_be_real_further_off():
                break
            where = point(self.right.seed, number, self.names, self.right.domain)
            found = self._at(number, where)
            if found == "different":
                return self._unequal(where)
            self.counts[found] += 1
            if self.counts["agreed"] >= wanted:
                return self._beyond_bends() or Equal("points", self.counts["not_real"] > 0)
            if self.effort > EFFORT:
                return Undecided("effort")
            if self.counts["unclear"] >= HOPELESS:
                return Undecided("precision")
        return self._without_enough()

    def _beyond_bends(self) -> Unequal | None:
        """Look for a difference where other branches of what is not analytic may hold: |x − 100| is no 100 − x."""
        programs = (self.right.program, self.yours)
        scales = tuple(dict.fromkeys(scale for program in programs for scale in program.scales))
        if not (scales and self.names and any(program.bent for program in programs)):
            return None
        for number in range(1, 1 + BENT_POINTS):
            where = scaled(self.right.seed, -number, self.names, self.right.domain, scales)
            if self._at(-number, where) == "different":
                return self._unequal(where)
        return None

    def _unequal(self, where: dict[str, Fraction]) -> Unequal:
        if not self.explain:
            return Unequal(None)
        programs, domain = (self.right.program, self.yours), self.right.domain
        shown = witness_of(*programs, domain, self.evaluator, where)
        return Unequal(shown or undefined_at(*programs, domain, self.evaluator))

    def _may_be_real_further_off(self) -> bool:
        few = self.counts["agreed"] < ENOUGH
        return self.real and few and not self.counts["unclear"] and not self.counts["undefined"]

    def _without_enough(self) -> Verdict:
        counts = self.counts
        if counts["agreed"] >= ENOUGH:
            return Equal("points", counts["not_real"] > 0)
        if counts["not_real"] and not counts["agreed"] and not counts["unclear"]:
            for number in range(FURTHER_TRIES):
                where = point(self.right.seed, number, self.names, self.right.domain)
                shown = witness_at(where, self.right.program, self.yours, self.evaluator)
                if shown is not None:
                    return Unequal(shown)
        return Undecided("precision" if counts["unclear"] else "undefined")

    def _at(self, number: int, where: dict[str, Fraction]) -> str:
        """Compare at one point, with more and more bits."""
        bits = FIRST_BITS if self.names and number else 4 * FIRST_BITS
        while bits <= LAST_BITS and self.effort <= EFFORT:
            right = self.right.value(number, where, bits, self.real)
            if right is None:
                return "skipped"
            self.effort += self.yours.weight * bits / FIRST_BITS
            yours = self.evaluator.evaluate(self.yours, where, bits, real=self.real)
            if yours is None:
                verdict = self._beyond_reals(where, right, bits) if self.real else "undefined"
            else:
                verdict = self.evaluator.relation(yours, right, bits)
            if verdict != "unclear":
                return "agreed" if verdict == "equal" else verdict
            bits *= 2
        return "unclear"

    def _beyond_reals(self, where: dict[str, Fraction], right: Any, bits: int) -> str:
        """Compare where the answer is not real on the way: it may be in the end, or it has a smaller domain."""
        value = self.evaluator.evaluate(self.yours, where, bits, real=False)
        if value is None:
            return "different" if self.yours.partial else "undefined"
        yours = self.evaluator.real_part(value)
        if yours is None:
            return "not_real"
        relation = self.evaluator.relation(yours, right, bits)
        return "not_real" if relation == "different" else relation
