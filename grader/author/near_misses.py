"""Near misses: answers that are off by a sign, a factor or a constant, or are right for some values only.

An author allows them for a part, beside its own mistakes, of which an equally paid one is believed first:

    answer = Answer("answer", 1, Formula(("x", "n")), near=[*off_by("-1", "2", "1/2", "n"), off_by_constant("1/2")])
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from grader.algebra.nodes import Symbol
from grader.algebra.reader.derivations import cut
from grader.algebra.reader.plain_text import answer_span
from grader.algebra.replacing import replaced
from grader.algebra.writing import write
from grader.author.parts import Credit, NearMiss
from grader.comparators.formula import Formula, expected_formula
from grader.comparators.up_to_constant import UpToConstant
from grader.comparators.up_to_factor import UpToFactor
from grader.model.comparing import Comparator

FACTORS = {
    "-1": ("sign", "The answer has the wrong sign; otherwise it is right."),
    "2": ("doubled", "The answer is twice the right one."),
    "1/2": ("halved", "The answer is half the right one."),
    "n": ("times_n", "The answer is n times the right one: a sum stands where a mean is asked for."),
    "1/n": ("over_n", "The answer is the right one divided by n: a mean stands where a sum is asked for."),
    "N": ("times_N", "The answer is N times the right one: a sum stands where a mean is asked for."),
    "1/N": ("over_N", "The answer is the right one divided by N: a mean stands where a sum is asked for."),
}
"""Factor → code and sentence."""

ANY_FACTOR = "The answer is the right one times a constant factor."
CONSTANT = "The answer differs from the right one by a constant that is added."
POSITIVE = "The answer is right for positive values only; a root, a logarithm or a modulus hides the others."
JUMPED = "The answer is right, but nothing stands between it and the question: show how you get there."
BROKEN = (
    "One line does not follow from the one before it; everything after it does, and you have credit for that."
)
SWAPPED = "Two letters are swapped; otherwise the answer is right."


def off_by(*factors: str, credit: Credit = "1/2") -> tuple[NearMiss, ...]:
    """The answer is a factor of `FACTORS` times the right one. Raises `ValueError` for another factor."""
    unknown = sorted(set(factors) - set(FACTORS))
    if unknown:
        raise ValueError(f"no known factors: {', '.join(unknown)}; there is {', '.join(FACTORS)}")
    return tuple(
        NearMiss(FACTORS[factor][0], credit, FACTORS[factor][1], expects=_Times(factor)) for factor in factors
    )


def off_by_factor(credit: Credit = "1/2") -> NearMiss:
    """The answer is some constant times the right one."""
    return NearMiss("factor", credit, ANY_FACTOR, compares=UpToFactor)


def off_by_constant(credit: Credit = "1/2") -> NearMiss:
    """The answer is the right one plus some constant."""
    return NearMiss("constant", credit, CONSTANT, compares=UpToConstant)


def only_where_positive(*symbols: str, credit: Credit = "1/2") -> NearMiss:
    """The formula is right where `symbols` are positive, and not elsewhere: `x` for `√x²`."""

    def compares(compare: Formula) -> Comparator:
        domain = {**dict(compare.domain), **dict.fromkeys(symbols, "positive")}
        return replace(compare, domain=tuple(domain.items()))

    return NearMiss("only_where_positive", credit, POSITIVE, compares=compares)


def swapped(one: str, other: str, compare: Formula, credit: Credit = "1/4") -> NearMiss:
    """The formula is right with two symbols in each other's place."""

    def expects(right: Any) -> Any:
        text, *meanings = cut(str(right), ";")
        tree = expected_formula(text, compare.known)
        return ";".join([write(replaced(tree, {one: Symbol(other), other: Symbol(one)})), *meanings])

    return NearMiss(f"swapped_{one}_{other}", credit, SWAPPED, expects=expects)


def jumped(credit: Credit = "1/4") -> NearMiss:
    """A `Derivation` gives the right answer with fewer lines of one's own than are asked for."""
    return NearMiss("jumped", credit, JUMPED, compares=lambda compare: replace(compare, least=1))


def broken_line(credit: Credit = "1/2") -> NearMiss:
    """One line of a `Derivation` or a `Chain` is wrong, a right one stands before it, and all others follow."""
    return NearMiss("broken_line", credit, BROKEN, compares=lambda compare: replace(compare, broken=1))


class _Times:
    """Multiplies what an oracle answers: a formula, a number, or nested lists of these."""

    def __init__(self, factor: str) -> None:
        self.factor = factor

    def __call__(self, right: Any) -> Any:
        if isinstance(right, str):
            text, *meanings = cut(right, ";")
            start, end = answer_span(text)
            return ";".join([f"{text[:start]} ({self.factor})*({text[start:end]})", *meanings])
        if isinstance(right, (list, tuple)):
            return type(right)(map(self, right))
        exact = Fraction(self.factor)
        if isinstance(right, np.ndarray) and right.dtype.kind == "f":
            return right * float(exact)
        return np.asarray(right, dtype=object) * exact if isinstance(right, np.ndarray) else right * exact
