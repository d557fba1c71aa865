"""Comparing what has no value at a point: matrices, infinity, integrals, limits and endless sums.

A matrix is compared entry by entry. Antiderivatives are compared by their derivatives, so that a constant is free.
Any other integral, limit or endless sum is a symbol of its own; two are the same symbol if their parts are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from grader.algebra.comparison.unknown_functions import substituted
from grader.algebra.comparison.verdicts import Equal, Undecided, Unequal, Verdict
from grader.algebra.nodes import (
    INFINITY,
    Constant,
    Derivative,
    Integral,
    Limit,
    Negative,
    Node,
    Number,
    Product,
    Quotient,
    Series,
    Symbol,
    Table,
    free_symbols,
    rebuilt,
    subtrees,
)
from grader.algebra.sizes import check_derivative
from grader.algebra.tables import ShapeError, table_of
from grader.algebra.unreadable import Unreadable

Compare = Callable[[Node, Node], Verdict]

_BOUND = Symbol("\ue0fe")


@lru_cache(maxsize=1024)
def is_special(node: Node) -> bool:
    """Tell whether something in `node` has no value at a point."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if type(part) in _SPECIAL or part == INFINITY or (isinstance(part, Series) and _indexed(part)):
            return True
        waiting.extend(part.children)
    return False


@lru_cache(maxsize=1024)
def whole_symbols(node: Node) -> frozenset[str]:
    """Names of the symbols on which the bounds of sums and products depend: they stand for whole numbers."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if type(part) is Series:
            found |= free_symbols(part.lower) | free_symbols(part.upper)
        waiting.extend(part.children)
    return frozenset(found)


def _indexed(series: Series) -> bool:
    """Whether a symbol in a sum or product has its variable as an index: there is one such symbol for each term."""
    symbols = (part for part in subtrees(series.body) if isinstance(part, Symbol))
    return any(series.index in symbol.name.partition("_")[2] for symbol in symbols)


_SPECIAL = frozenset({Table, Integral, Limit})


def compare_special(expected: Node, actual: Node, compare: Compare) -> Verdict:
    """Compare two expressions, at least one of which is special; `compare` decides about the others."""
    try:
        right, yours = table_of(expected), table_of(actual)
    except ShapeError:
        return Undecided("undefined")
    if isinstance(right, Table) or isinstance(yours, Table):
        return _tables(right, yours, compare)
    signs = infinite(right), infinite(yours)
    if any(signs):
        return Equal("structure") if signs[0] == signs[1] else Unequal(None)
    if _antiderivative(right) or _antiderivative(yours):
        return _antiderivatives(right, yours, compare)
    return _with_names(right, yours, compare)


def _tables(right: Node, yours: Node, compare: Compare) -> Verdict:
    if not isinstance(right, Table) or not isinstance(yours, Table):
        return Unequal(None)
    if (len(right.rows), len(right.rows[0])) != (len(yours.rows), len(yours.rows[0])):
        return Unequal(None)
    return together([compare(*pair) for pair in zip(right.children, yours.children, strict=True)])


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """Give the verdict on a whole of which these are the verdicts on its parts."""
    for kind in (Unequal, Undecided):
        found = next((verdict for verdict in verdicts if isinstance(verdict, kind)), None)
        if found is not None:
            return found
    equal = [verdict for verdict in verdicts if isinstance(verdict, Equal)]
    how = next(
        (how for how in ("points", "exact") if any(verdict.how == how for verdict in equal)), "structure"
    )
    return Equal(how, any(verdict.smaller_domain for verdict in equal))  # type: ignore[arg-type]


def infinite(node: Node) -> int:
    """Give 1 or -1 for what is written as infinity, with a factor perhaps; 0 for anything else."""
    match node:
        case Constant(name="oo"):
            return 1
        case Negative(body=body):
            return -infinite(body)
        case Quotient(numerator=above, denominator=Number(value=value)) if value:
            return infinite(above)
        case Product(factors=factors):
            rest = [factor for factor in factors if not infinite(factor)]
            positive = all(isinstance(factor, Number) and factor.value for factor in rest)
            signs = [infinite(factor) for factor in factors if infinite(factor)]
            return -1 if positive and signs.count(-1) % 2 else int(positive and bool(signs))
    return 0


def _antiderivative(node: Node) -> str:
    return node.variable if isinstance(node, Integral) and node.bounds is None else ""


def _antiderivatives(right: Node, yours: Node, compare: Compare) -> Verdict:
    variable = _antiderivative(right) or _antiderivative(yours)
    try:
        return compare(_slope(right, variable), _slope(yours, variable))
    except Unreadable:
        return Undecided("undefined")


def _slope(node: Node, variable: str) -> Node:
    if isinstance(node, Integral) and _antiderivative(node) == variable:
        return node.body
    check_derivative(node, 1)
    return Derivative(node, variable)


def _with_names(right: Node, yours: Node, compare: Compare) -> Verdict:
    names: list[tuple[Node, Symbol]] = []

    def named(node: Node) -> Node:
        if not _nameless(node):
            return rebuilt(node, named)
        for known, name in names:
            if _same(known, node, compare):
                return name
        names.append((node, Symbol(f"\ue0fd{len(names)}")))
        return names[-1][1]

    verdict = compare(named(right), named(yours))
    return verdict if isinstance(verdict, Equal) or not names else Undecided("undefined")


def _nameless(node: Node) -> bool:
    if isinstance(node, Series):
        return bool(infinite(node.lower) or infinite(node.upper)) or _indexed(node)
    return isinstance(node, (Integral, Limit)) or node == INFINITY


def _same(left: Node, right: Node, compare: Compare) -> bool:
    """Whether two integrals, limits or sums are of one kind and their parts equal, whatever their variable."""
    if type(left) is not type(right) or len(left.children) != len(right.children):
        return False
    if isinstance(left, Constant) or isinstance(right, Constant):
        return left == right
    if (_fixed(left)) != _fixed(right):
        return False
    parts = zip(_parts(left), _parts(right), strict=True)
    return all(isinstance(compare(*pair), Equal) for pair in parts)


def _fixed(node: Node) -> str:
    """What must be the same to the letter: the variable of an antiderivative, the side of a limit, sum or product."""
    match node:
        case Integral(bounds=None, variable=variable):
            return variable
        case Limit(side=side):
            return side
        case Series(kind=kind):
            return kind
    return ""


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case Series(index=bound) | Limit(variable=bound):
            pass
        case Integral(variable=bound, bounds=bounds) if bounds is not None:
            pass
        case _:
            return node.children
    return (*node.children[:-1], substituted(node.children[-1], {bound: _BOUND}))
