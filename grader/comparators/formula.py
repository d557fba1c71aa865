"""Formulas as people type them, compared as functions: any equivalent form agrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from grader.algebra.comparison.equality import Equal, Undecided, Unequal, compare
from grader.algebra.comparison.fingerprints import values_at_points
from grader.algebra.comparison.points import Domain
from grader.algebra.comparison.proving import decide
from grader.algebra.latex import write_latex
from grader.algebra.names import Symbols
from grader.algebra.nodes import Node, has_derivative, number, symbols_of
from grader.algebra.reader.derivations import cut
from grader.algebra.reader.known_texts import read_known
from grader.algebra.reader.typed import read_typed
from grader.algebra.replacing import replaced
from grader.algebra.unreadable import Unreadable
from grader.algebra.writing import write
from grader.comparators._typed import (
    SHOWN,
    expected_in,
    number_in,
    seed_of,
    shown_witness,
    unevaluated,
    unreadable,
    wrong_type,
)
from grader.model.verdict import Difference

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Formula:
    """Compares formulas in plain text, LaTeX or Python, and numbers.

    symbols            what the formula may be made of
    domain             pairs (symbol, "positive" | "integer" | "(a,b)") where a symbol is not any real number
    aliases            pairs (other name, symbol)
    decimal_comma      whether `0,5` is one half everywhere; arguments are then parted by `;`. If not, `0,5` is still
                       one half where a comma can mean nothing else: not among the arguments of a function
    variable           by which a prime differentiates
    forbid_derivative  whether a derivative that is not carried out is no answer
    functions          names of functions of which nothing is known, such as f in `f(2x)`
    imaginary          whether `i` is the imaginary unit
    real_roots         whether an odd root of a negative number is negative; else it is not real
    meanings           pairs (symbol, formula that it stands for), such as ("p", "σ(z)"); all symbols are declared,
                       and those of the formula may have meanings that stand before it

    An expected text may bring meanings that are dealt, which stand before these: `p*(1 - p)*x; z = w*x; p = σ(z)`.
    """

    symbols: tuple[str, ...]
    domain: Domain = ()
    aliases: tuple[tuple[str, str], ...] = ()
    decimal_comma: bool = False
    variable: str = ""
    forbid_derivative: bool = True
    meanings: Pairs = ()
    functions: tuple[str, ...] = ()
    imaginary: bool = False
    real_roots: bool = False

    def agrees(self, expected: Any, actual: Any) -> bool:
        """Whether the formulas are equal, at a fraction of what it costs to say why not; no proof is looked for."""
        return self._compared(expected, actual, explain=False) is None

    def __call__(self, expected: Any, actual: Any) -> Difference | None:
        """Give None where the formulas are equal. Raises `ValueError` where `expected` cannot be read."""
        return self._compared(expected, actual, explain=True)

    def _compared(self, expected: Any, actual: Any, explain: bool) -> Difference | None:
        right, seed, pairs = self._expected(expected_in(expected))
        value = number_in(actual)
        if value is None and not isinstance(actual, str):
            return wrong_type(actual)
        text = str(actual) if isinstance(actual, str) else ""
        try:
            yours = number(value) if value is not None else typed_formula(text, self.known)
        except Unreadable as error:
            return unreadable(text, error)
        if self.forbid_derivative and has_derivative(yours):
            return unevaluated(text)
        meanings = meanings_of(pairs, self.known)
        verdict = self._verdict(replaced(right, meanings), replaced(yours, meanings), seed, explain)
        if isinstance(verdict, Equal):
            return None
        if not explain:
            return Difference("formula")
        detail = {"read": write(yours)[:SHOWN]}
        text = text or write(yours)
        if isinstance(verdict, Undecided):
            return Difference("undecided", "", "", text[:SHOWN], {**detail, "reason": verdict.reason})
        if as_typed(right, yours, meanings):
            shorter = compare(right, yours, domain=tuple(self.domain), seed=seed)
            verdict = shorter if isinstance(shorter, Unequal) and shorter.witness else verdict
        return Difference("formula", "", "", text[:SHOWN], shown_witness(verdict.witness) | detail)

    def read(self, actual: Any) -> str | None:
        """The formula as a later oracle is fed with it, in plain text; None where it cannot be read."""
        value = number_in(actual)
        if value is not None:
            return write(number(value))
        try:
            return write(typed_formula(str(actual), self.known)) if isinstance(actual, str) else None
        except Unreadable:
            return None

    def typeset(self, formula: Any) -> str | None:
        """A formula, typed or expected, in LaTeX as it is understood; None where it cannot be read."""
        try:
            return write_latex(typed_formula(str(self.written(formula)), self.known))
        except Unreadable:
            return None

    def key(self, actual: Any) -> tuple[str, ...] | None:
        """Values at a few points to nine digits: equal for equal formulas; None where it cannot be read."""
        try:
            value = number_in(actual)
            node = number(value) if value is not None else typed_formula(str(actual), self.known)
        except Unreadable:
            return None
        return values_at_points(node, tuple(self.domain))

    @property
    def known(self) -> Symbols:
        """What an answer may be made of."""
        return Symbols(
            tuple(self.symbols),
            tuple(self.aliases),
            self.decimal_comma,
            self.variable,
            tuple(self.functions),
            imaginary=self.imaginary,
            real_roots=self.real_roots,
        )

    def written(self, expected: Any) -> Any:
        """What somebody hands in who means `expected`: the formula without meanings that were dealt."""
        return bare(expected) if isinstance(expected, str) else expected

    def faces(self, expected: Any) -> tuple[Any, ...]:
        """What a key shows of `expected`."""
        return (self.written(expected),)

    def _expected(self, expected: Any) -> tuple[Node, int, Pairs]:
        value = number_in(expected)
        if value is not None:
            return number(value), seed_of(str(value)), self.meanings
        if not isinstance(expected, str):
            raise ValueError(f"an expected formula is a text or a number, not {expected!r}")
        text, pairs = with_meanings(str(expected))
        return expected_formula(text, self.known), seed_of(str(expected)), (*pairs, *self.meanings)

    def _verdict(self, right: Node, yours: Node, seed: int, explain: bool) -> Equal | Unequal | Undecided:
        return decide(right, yours, domain=tuple(self.domain), seed=seed, explain=explain)


def as_typed(right: Node, yours: Node, meanings: Mapping[str, Node]) -> bool:
    """Whether a difference may be shown in the symbols that were typed, without what they stand for.

    It may where the answer leaves as they are only symbols that the right one leaves, too.
    """
    left = set(symbols_of(yours)) & set(meanings)
    return bool(meanings) and left <= set(symbols_of(right))


def with_meanings(text: str) -> tuple[str, Pairs]:
    """Part an expected text from the meanings behind it: pairs (symbol, formula)."""
    if ";" not in text:
        return text, ()
    first, *rest = cut(text, ";")
    return first, tuple(
        (name.strip(), meaning) for name, _, meaning in (part.partition("=") for part in rest)
    )


def bare(text: str) -> str:
    """An expected text without the meanings behind it."""
    return with_meanings(text)[0]


@lru_cache(maxsize=256)
def meanings_of(pairs: Pairs, symbols: Symbols) -> Mapping[str, Node]:
    """What symbols stand for, each in symbols that stand for themselves. Raises `ValueError`."""
    found: dict[str, Node] = {}
    for name, text in pairs:
        found[name] = replaced(expected_formula(text, symbols), found)
    return MappingProxyType(found)


@lru_cache(maxsize=64)  # one answer is compared with dozens of readings
def typed_formula(text: str, symbols: Symbols) -> Node:
    """Read a student's formula. Raises `Unreadable`."""
    return read_typed(text, symbols)


@lru_cache(maxsize=1024)
def expected_formula(text: str, symbols: Symbols) -> Node:
    """Read the author's formula. Raises `ValueError`."""
    try:
        return read_known(text, symbols)
    except Unreadable as error:
        raise ValueError(f"the expected formula {text!r} cannot be read: {error}") from error
