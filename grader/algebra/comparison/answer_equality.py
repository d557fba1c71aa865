"""Whether two answers of any form are equal.

Expressions are compared as functions, intervals by their ends, tuples item by item, sets and lists in any order. Two
equations are equal if their differences of both sides are proportional, or if solving both for a variable in which
both are linear gives the same; two inequalities if the differences are proportional by a positive number. `x = 5` is
equal to `5`, and `x ∈ S` to `S`: what stands before the sign only names the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from grader.algebra.comparison.equality import compare
from grader.algebra.comparison.points import Domain
from grader.algebra.comparison.special import together
from grader.algebra.comparison.unknown_functions import substituted
from grader.algebra.comparison.verdicts import Equal, Undecided, Unequal, Verdict
from grader.algebra.names import KNOWN
from grader.algebra.nodes import (
    INFINITY,
    ONE,
    PI,
    ZERO,
    Call,
    Negative,
    Node,
    Number,
    Product,
    Quotient,
    Symbol,
    free_symbols,
    number,
    product_of,
    sum_of,
)
from grader.algebra.reader.answers import Answer, Collection, Interval, Joined, Relation

MAX_ITEMS = 64

_MIRRORED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}
_PROBES = (Fraction(17, 7), Fraction(-5, 11), Fraction(23, 13), Fraction(31, 17), Fraction(-43, 19))


def compare_answers(expected: Answer, actual: Answer, *, domain: Domain = (), seed: int = 0) -> Verdict:
    """Compare two answers; the same arguments give the same result. Never raises on what `read_answer` gave."""
    return _Comparing(lambda right, yours: compare(right, yours, domain=domain, seed=seed)).of(
        expected, actual
    )


class _Comparing:
    def __init__(self, expressions: Callable[[Node, Node], Verdict]) -> None:
        self.expressions = expressions

    def of(self, right: Answer, yours: Answer) -> Verdict:
        right, yours = _bare(right), _bare(yours)
        right, yours = _unnamed_sets(right, yours)
        if isinstance(right, Node) and isinstance(yours, Node):
            return self.measured(right, yours)
        if isinstance(right, Relation) and isinstance(yours, Relation):
            return self.relations(right, yours)
        if isinstance(right, Relation) or isinstance(yours, Relation):
            return self.unnamed(right, yours)
        if isinstance(right, Interval) and isinstance(yours, Interval):
            if (right.open_low, right.open_high) != (yours.open_low, yours.open_high):
                return Unequal(None)
            return self.in_order((right.low, right.high), (yours.low, yours.high))
        if isinstance(right, Joined) and isinstance(yours, Joined) and right.sign == yours.sign:
            if right.sign == "∖":
                return self.in_order(right.sets, yours.sets)
            return self.in_any_order(_flat(right), _flat(yours))
        if isinstance(right, Joined) or isinstance(yours, Joined):
            return Undecided("form")
        return self.collections(right, yours)

    def measured(self, right: Node, yours: Node) -> Verdict:
        """Compare expressions; a degree sign behind one of them may be a unit, and a percent sign is asked about."""
        verdict = self.expressions(right, yours)
        if not isinstance(verdict, Unequal):
            return verdict
        for unit, found in (_DEGREE, verdict), (_PERCENT, Undecided("form")):
            bare = [_without(unit, side) for side in (right, yours)]
            if (bare[0] is None) != (bare[1] is None):
                again = self.expressions(bare[0] or right, bare[1] or yours)
                if isinstance(again, Equal):
                    return again if unit == _DEGREE else found
        return verdict

    def collections(self, right: Answer, yours: Answer) -> Verdict:
        if isinstance(right, Node) or isinstance(yours, Node):
            return Unequal(None)
        if _interval_only(right) or _interval_only(yours):
            return Unequal(None)
        ordered = any(isinstance(side, Interval) or _ordered(side) for side in (right, yours))
        return (self.in_order if ordered else self.in_any_order)(_items(right), _items(yours))

    def in_order(self, right: Sequence[Answer], yours: Sequence[Answer]) -> Verdict:
        if len(right) != len(yours):
            return Unequal(None)
        return together([self.of(*pair) for pair in zip(right, yours, strict=True)])

    def in_any_order(self, right: Sequence[Answer], yours: Sequence[Answer]) -> Verdict:
        """Compare as sets: each item must be among the others."""
        if max(len(right), len(yours)) > MAX_ITEMS:
            return Undecided("effort")
        verdicts = [self.among(item, yours, False) for item in right]
        return together([*verdicts, *(self.among(item, right, True) for item in yours)])

    def among(self, item: Answer, others: Sequence[Answer], swapped: bool) -> Verdict:
        """Find an equal of `item`."""
        unsure = False
        for other in others:
            verdict = self.of(other, item) if swapped else self.of(item, other)
            if isinstance(verdict, Equal):
                return verdict
            unsure = unsure or isinstance(verdict, Undecided)
        return Undecided("form") if unsure else Unequal(None)

    def unnamed(self, right: Answer, yours: Answer) -> Verdict:
        sides = [_unnamed(side) for side in (right, yours)]
        if any(isinstance(side, Relation) for side in sides):
            return Undecided("form")
        return self.of(*sides)

    def relations(self, right: Relation, yours: Relation) -> Verdict:
        if right.signs == yours.signs:
            verdict = self.in_order(right.sides, yours.sides)
            if isinstance(verdict, Equal):
                return verdict
        sides = (*right.sides, *yours.sides)
        if len(sides) > 4 or not all(isinstance(side, Node) for side in sides):
            return Undecided("form")
        if (right.signs[0] in _MIRRORED) != (yours.signs[0] in _MIRRORED):
            return Unequal(None)
        if right.signs[0] not in _MIRRORED and right.signs != yours.signs:
            return Unequal(None)
        return self._proportional(right, yours)

    def _proportional(self, right: Relation, yours: Relation) -> Verdict:
        f, g = _difference(right), _difference(yours)
        names = sorted(free_symbols(f) | free_symbols(g))
        if not names:
            return self._constant(f, g)
        probe: dict[str, Node] = {
            name: number(_PROBES[place % len(_PROBES)] + place) for place, name in enumerate(names)
        }
        at_f, at_g = substituted(f, probe), substituted(g, probe)
        found = self.expressions(product_of((at_g, f)), product_of((at_f, g)))
        if right.signs[0] not in _MIRRORED:
            both_nil = isinstance(self.expressions(ZERO, at_f), Equal)
            return found if isinstance(found, Equal) and not both_nil else self._solved(f, g, names)
        if not isinstance(found, Equal):
            return Unequal(None) if isinstance(found, Unequal) else found
        positive = self.expressions(Quotient(at_g, at_f), Call("abs", (Quotient(at_g, at_f),)))
        same = right.signs == yours.signs
        mirrored = _MIRRORED[right.signs[0]] == yours.signs[0]
        if (isinstance(positive, Equal) and same) or (isinstance(positive, Unequal) and mirrored):
            return found
        return Unequal(None)

    def _constant(self, f: Node, g: Node) -> Verdict:
        verdicts = [self.expressions(f, g), self.expressions(f, Negative(g))]
        return next((verdict for verdict in verdicts if isinstance(verdict, Equal)), verdicts[0])

    def _solved(self, f: Node, g: Node, names: Sequence[str]) -> Verdict:
        """Compare what both equations say about one variable."""
        for name in names:
            solutions = self._solution(f, name), self._solution(g, name)
            if solutions[0] is not None and solutions[1] is not None:
                return self.expressions(solutions[0], solutions[1])
        return Undecided("form")

    def _solution(self, f: Node, name: str) -> Node | None:
        """Solve f = 0 for a variable in which f, or f times its denominator, is linear."""
        if isinstance(f, Quotient):
            return self._solution(f.numerator, name)
        nil, one = substituted(f, {name: ZERO}), substituted(f, {name: ONE})
        slope = sum_of((one, Negative(nil)))
        linear = self.expressions(f, sum_of((nil, product_of((slope, Symbol(name))))))
        if not isinstance(linear, Equal) or isinstance(self.expressions(ZERO, slope), Equal):
            return None
        return Negative(Quotient(nil, slope))


_DEGREE, _PERCENT = Number(Fraction(180)), Number(Fraction(100))


def _without(unit: Node, node: Node) -> Node | None:
    """Give what stands before a degree or percent sign, None where there is none."""
    if not isinstance(node, Quotient) or node.denominator != unit:
        return None
    if unit == _PERCENT:
        return node.numerator
    factors = node.numerator.factors if isinstance(node.numerator, Product) else ()
    return product_of(factors[:-1]) if factors[-1:] == (PI,) else None


def _bare(answer: Answer) -> Answer:
    while isinstance(answer, Collection) and len(answer.items) == 1:
        answer = answer.items[0]
    return answer


def _unnamed(answer: Answer) -> Answer:
    """Leave out the name of an answer: `x = 5`, `x ∈ S`."""
    if not isinstance(answer, Relation):
        return answer
    first, last = answer.sides[0], answer.sides[-1]
    match answer.signs:
        case ("=",) | ("∈",) | ("≈",):
            return last if _names(first) else answer
        case ("<" | "≤" as sign,) if _names(first):
            return Interval(Negative(INFINITY), last, True, sign == "<")
        case (">" | "≥" as sign,) if _names(first):
            return Interval(last, INFINITY, sign == ">", True)
        case (("<" | "≤") as below, ("<" | "≤") as above) if _names(answer.sides[1]):
            return Interval(first, last, below == "<", above == "<")
        case ((">" | "≥") as above, (">" | "≥") as below) if _names(answer.sides[1]):
            return Interval(last, first, below == ">", above == ">")
    return answer


def _names(answer: Answer) -> bool:
    """Whether this can be the name of an answer: a symbol, f(x), |AB|, a ratio of letters, a tuple of them."""
    match answer:
        case Symbol():
            return True
        case Call(function=function, arguments=arguments):
            return function not in KNOWN or (function == "abs" and all(map(_names, arguments)))
        case Product() | Quotient():
            return all(map(_names, answer.children))
        case Interval(low=low, high=high):
            return _names(low) and _names(high)
        case Collection(items=items):
            return all(map(_names, items))
    return False


def _unnamed_sets(right: Answer, yours: Answer) -> tuple[Answer, Answer]:
    """Give what two names are said to be in, `x ∈ [0, 1]` and `0 ≤ x ≤ 1`, if it is the same name."""
    found = [_named_set(side) for side in (right, yours)]
    if found[0] is None or found[1] is None or found[0][0] != found[1][0]:
        return right, yours
    return found[0][1], found[1][1]


def _named_set(answer: Answer) -> tuple[Answer, Answer] | None:
    if not isinstance(answer, Relation):
        return None
    name = answer.sides[-2]
    plain = _unnamed(answer)
    return (name, plain) if isinstance(plain, SETS) else None


SETS = (Collection, Interval, Joined)


def _flat(joined: Joined) -> tuple[Answer, ...]:
    pieces = (
        _flat(item) if isinstance(item, Joined) and item.sign == joined.sign else (item,)
        for item in joined.sets
    )
    return tuple(item for piece in pieces for item in piece)


def _difference(relation: Relation) -> Node:
    left, right = relation.sides
    assert isinstance(left, Node)
    assert isinstance(right, Node)
    return sum_of((left, Negative(right)))


def _interval_only(answer: Answer) -> bool:
    return isinstance(answer, Interval) and not (answer.open_low and answer.open_high)


def _ordered(answer: Answer) -> bool:
    return isinstance(answer, Collection) and answer.kind == "tuple"


def _items(answer: Answer) -> tuple[Answer, ...]:
    if isinstance(answer, Interval):
        return (answer.low, answer.high)
    return answer.items if isinstance(answer, Collection) else (answer,)
