"""What students get wrong in sums over time and in chains of Jacobians, read off the right formula.

The formula may have bounds, `Σ_{i=1}^{k} (Π_{j=i+1}^{k} ∂s_j/∂s_{j-1}) ∂s_i/∂W_*`, or be written out for some states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType

from msgspec.structs import replace

from grader.algebra.matrices.names import family_of
from grader.algebra.matrices.nodes import Bounds, Index, Matrix, at_index, changed, parts_of
from grader.algebra.matrices.places import Right, factors, multiplied, negated


def _terms(node: Matrix) -> list[Matrix]:
    """The terms of a sum that is written out, with their signs."""
    if node.operation == "add":
        return [*_terms(node.parts[0]), *_terms(node.parts[1])]
    if node.operation == "subtract":
        return [*_terms(node.parts[0]), *map(negated, _terms(node.parts[1]))]
    return [node]


def _added(terms: list[Matrix]) -> Matrix:
    total = terms[0]
    for term in terms[1:]:
        total = Matrix("add", (total, term))
    return total


def _weight(term: Matrix) -> int:
    return sum(1 for _ in parts_of(term))


def _each_sum(node: Matrix, alternatives: Callable[[list[Matrix]], Iterable[Matrix]]) -> Iterator[Matrix]:
    """The formula with one sum that is written out replaced; its terms are given from the longest to the shortest."""
    terms = _terms(node)
    if len(terms) > 1:
        yield from alternatives(sorted(terms, key=_weight, reverse=True))
        for place, term in enumerate(terms):
            for new in _each_sum(term, alternatives):
                yield _added([*terms[:place], new, *terms[place + 1 :]])
        return
    for place, part in enumerate(node.parts):
        for new in _each_sum(part, alternatives):
            yield replace(node, parts=(*node.parts[:place], new, *node.parts[place + 1 :]))


def _term_lost(right: Right) -> Iterator[Matrix]:
    def lost(terms: list[Matrix]) -> Iterator[Matrix]:
        return (_added([*terms[:place], *terms[place + 1 :]]) for place in range(len(terms)))

    yield from _each_sum(right.node, lost)


def _with_bounds(right: Right, *, first: bool, only: bool) -> Iterator[Matrix]:
    """The sum with bounds without its first or last term, or with nothing else."""

    def cut(node: Matrix) -> Iterator[Matrix]:
        if node.operation != "total":
            return
        bounds, body = node.value, node.parts[0]
        if only:
            yield at_index(body, bounds.letter, bounds.lower if first else bounds.upper)
        elif first:
            yield replace(node, value=replace(bounds, lower=bounds.lower.moved(1)))
        else:
            yield replace(node, value=replace(bounds, upper=bounds.upper.moved(-1)))

    yield from right.each(cut)


def _written_out(right: Right, *, first: bool, only: bool) -> Iterator[Matrix]:
    """The same for a sum that is written out: its longest term is the first, its shortest the last."""

    def cut(terms: list[Matrix]) -> Iterator[Matrix]:
        if only:
            yield terms[0 if first else -1]
        else:
            yield _added(terms[1:] if first else terms[:-1])

    yield from _each_sum(right.node, cut)


def _last_term_only(right: Right) -> Iterator[Matrix]:
    yield from _with_bounds(right, first=False, only=True)
    yield from _written_out(right, first=False, only=True)


def _last_term_lost(right: Right) -> Iterator[Matrix]:
    yield from _with_bounds(right, first=False, only=False)
    yield from _written_out(right, first=False, only=False)


def _first_term_only(right: Right) -> Iterator[Matrix]:
    yield from _with_bounds(right, first=True, only=True)
    yield from _written_out(right, first=True, only=True)


def _first_term_lost(right: Right) -> Iterator[Matrix]:
    yield from _with_bounds(right, first=True, only=False)
    yield from _written_out(right, first=True, only=False)


def _rebounded(right: Right, *moves: tuple[int, int]) -> Iterator[Matrix]:
    def moved(node: Matrix) -> Iterator[Matrix]:
        if node.operation == "chain":
            bounds: Bounds = node.value
            for lower, upper in moves:
                yield replace(
                    node,
                    value=replace(bounds, lower=bounds.lower.moved(lower), upper=bounds.upper.moved(upper)),
                )

    yield from right.each(moved)


def _adjacent(right: Right) -> list[str]:
    return [family.name for family in right.symbols.patterns if family.adjacent]


def _product_short(right: Right) -> Iterator[Matrix]:
    yield from _rebounded(right, (1, 0), (0, -1))
    chained = _adjacent(right)

    def dropped(node: Matrix) -> Iterator[Matrix]:
        if node.operation != "product":
            return
        parts = factors(node)
        for place, part in enumerate(parts):
            if part.operation == "chain" or (part.operation == "indexed" and part.value[0] in chained):
                yield multiplied([*parts[:place], *parts[place + 1 :]])

    yield from right.each(dropped)


def _product_long(right: Right) -> Iterator[Matrix]:
    yield from _rebounded(right, (-1, 0), (0, 1))
    for name in _adjacent(right):

        def longer(node: Matrix, name: str = name) -> Iterator[Matrix]:
            if node.operation == "indexed" and node.value[0] != name and len(node.value[1]) == 1:
                yield Matrix("product", (Matrix("indexed", value=(name, node.value[1])), node))

        def every(node: Matrix, name: str = name) -> Matrix:
            return next(longer(node, name), node)

        yield from right.each(longer)
        yield changed(right.node, every)


def _reversed(right: Right) -> Iterator[Matrix]:
    chained = _adjacent(right)

    def turned_round(node: Matrix) -> Matrix:
        if node.operation == "chain":
            return replace(node, value=replace(node.value, rising=not node.value.rising))
        if node.operation != "product":
            return node
        parts = factors(node)
        places = [
            n for n, part in enumerate(parts) if part.operation == "indexed" and part.value[0] in chained
        ]
        for place, other in zip(places, places[::-1], strict=True):
            if place < other:
                parts[place], parts[other] = parts[other], parts[place]
        return multiplied(parts)

    yield _outermost(right.node, turned_round)


def _outermost(node: Matrix, change: Callable[[Matrix], Matrix]) -> Matrix:
    """The formula with each outermost product changed as a whole."""
    if node.operation in ("product", "chain"):
        new = change(node)
        if node.operation == "chain" or new != node:
            return new
    return replace(node, parts=tuple(_outermost(part, change) for part in node.parts))


def _total_for_immediate(right: Right) -> Iterator[Matrix]:
    totals = {
        (family.above, family.below): family.name
        for family in right.symbols.patterns
        if family.below and not family.starred and not family.indices_below
    }

    def whole(node: Matrix) -> Iterator[Matrix]:
        if node.operation != "indexed":
            return
        family = family_of(node.value[0])
        name = totals.get((family.above, family.below))
        if family.starred and name is not None:
            yield replace(node, value=(name, node.value[1]))

    yield from right.each(whole)
    yield changed(right.node, lambda node: next(whole(node), node))


def _index_shifted(right: Right) -> Iterator[Matrix]:
    def shifted(node: Matrix) -> Iterator[Matrix]:
        if node.operation == "indexed" and len(node.value[1]) == 1:
            index: Index = node.value[1][0]
            for step in (-1, 1):
                yield replace(node, value=(node.value[0], (index.moved(step),)))

    yield from right.each(shifted)


BOUND_RULES = MappingProxyType(
    {
        "term_lost": _term_lost,
        "last_term_only": _last_term_only,
        "last_term_lost": _last_term_lost,
        "first_term_only": _first_term_only,
        "first_term_lost": _first_term_lost,
        "product_short": _product_short,
        "product_long": _product_long,
        "reversed": _reversed,
        "total_for_immediate": _total_for_immediate,
        "index_shifted": _index_shifted,
    }
)
