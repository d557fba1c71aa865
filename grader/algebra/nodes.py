"""Expressions as immutable trees.

Reading yields, and writing expects, trees with these properties, which the constructors at the end keep:
numbers are non-negative with finitely many decimals (`-2` is `Negative(Number(2))`, one third is a quotient), a
sum holds no sum and at least two terms, and a product no product and at least two factors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from grader.algebra.names import PRIMED


class Node(Struct, frozen=True, cache_hash=True):
    """Any expression."""

    @property
    def children(self) -> tuple[Node, ...]:
        """Parts of the expression, in the order of writing."""
        return ()


class Number(Node, frozen=True, cache_hash=True):
    """An exact non-negative number."""

    value: Fraction


class Symbol(Node, frozen=True, cache_hash=True):
    """A declared symbol."""

    name: str


class Constant(Node, frozen=True, cache_hash=True):
    """Euler's number, π, the imaginary unit or infinity."""

    name: Literal["e", "pi", "i", "oo"]


class Negative(Node, frozen=True, cache_hash=True):
    """The opposite of an expression."""

    body: Node

    @property
    def children(self) -> tuple[Node, ...]:
        """The body alone."""
        return (self.body,)


class Sum(Node, frozen=True, cache_hash=True):
    """Two terms or more; a subtracted term is a `Negative`."""

    terms: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        """The terms."""
        return self.terms


class Product(Node, frozen=True, cache_hash=True):
    """Two factors or more."""

    factors: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        """The factors."""
        return self.factors


class Quotient(Node, frozen=True, cache_hash=True):
    """One expression over another."""

    numerator: Node
    denominator: Node

    @property
    def children(self) -> tuple[Node, ...]:
        """Numerator and denominator."""
        return (self.numerator, self.denominator)


class Power(Node, frozen=True, cache_hash=True):
    """A base to an exponent; exp(u) is a power of `E`."""

    base: Node
    exponent: Node

    @property
    def children(self) -> tuple[Node, ...]:
        """Base and exponent."""
        return (self.base, self.exponent)


class Call(Node, frozen=True, cache_hash=True):
    """A known function of its arguments; `log` has the base first."""

    function: str
    arguments: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        """The arguments."""
        return self.arguments


class Derivative(Node, frozen=True, cache_hash=True):
    """A derivative that is written down but not carried out."""

    body: Node
    variable: str

    @property
    def children(self) -> tuple[Node, ...]:
        """The body alone."""
        return (self.body,)


class Series(Node, frozen=True, cache_hash=True):
    """A sum or a product of `body` over whole numbers `index` from `lower` to `upper`, both included."""

    kind: Literal["sum", "product"]
    index: str
    lower: Node
    upper: Node
    body: Node

    @property
    def children(self) -> tuple[Node, ...]:
        """Bounds, then the body."""
        return (self.lower, self.upper, self.body)


class Integral(Node, frozen=True, cache_hash=True):
    """An integral by `variable`; one without bounds is any antiderivative."""

    variable: str
    bounds: tuple[Node, Node] | None
    body: Node

    @property
    def children(self) -> tuple[Node, ...]:
        """Bounds, if there are any, then the body."""
        return (*(self.bounds or ()), self.body)


class Limit(Node, frozen=True, cache_hash=True):
    """A limit of `body` where `variable` tends to `point`, from above ("+"), from below ("-") or either ("")."""

    variable: str
    point: Node
    side: str
    body: Node

    @property
    def children(self) -> tuple[Node, ...]:
        """The point, then the body."""
        return (self.point, self.body)


class Table(Node, frozen=True, cache_hash=True):
    """A matrix that is written out, row by row; all rows are equally long."""

    rows: tuple[tuple[Node, ...], ...]

    @property
    def children(self) -> tuple[Node, ...]:
        """The entries, row by row."""
        return tuple(entry for row in self.rows for entry in row)


E = Constant("e")
PI = Constant("pi")
INFINITY = Constant("oo")
ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))
TWO = Number(Fraction(2))


def number(value: Fraction | int) -> Node:
    """Give the tree of a rational number."""
    value = Fraction(value)
    if value < 0:
        return Negative(number(-value))
    if decimals(value) is None:
        return Quotient(Number(Fraction(value.numerator)), Number(Fraction(value.denominator)))
    return Number(value)


def decimals(value: Fraction) -> int | None:
    """Count the decimals that write `value` exactly; None if there are infinitely many."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def sum_of(terms: Iterable[Node]) -> Node:
    """Join terms into one sum; a single term is itself, none is zero."""
    flat: list[Node] = []
    for term in terms:
        flat.extend(term.terms if type(term) is Sum else (term,))
    return (Sum(tuple(flat)) if len(flat) > 1 else flat[0]) if flat else ZERO


def product_of(factors: Iterable[Node]) -> Node:
    """Join factors into one product; a single factor is itself, none is one."""
    flat: list[Node] = []
    for factor in factors:
        flat.extend(factor.factors if type(factor) is Product else (factor,))
    return (Product(tuple(flat)) if len(flat) > 1 else flat[0]) if flat else ONE


def subtrees(node: Node) -> Iterator[Node]:
    """Visit `node` and everything in it, without recursion."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(here.children))


def symbols_of(node: Node) -> tuple[str, ...]:
    """Names of the symbols in `node`, in the order of their first appearance."""
    return tuple(dict.fromkeys(part.name for part in subtrees(node) if type(part) is Symbol))


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """Give `node` with each of its children changed."""
    match node:
        case Negative(body=body):
            return Negative(change(body))
        case Sum(terms=parts):
            return sum_of(map(change, parts))
        case Product(factors=parts):
            return product_of(map(change, parts))
        case Quotient(numerator=above, denominator=below):
            return Quotient(change(above), change(below))
        case Power(base=base, exponent=exponent):
            return Power(change(base), change(exponent))
        case Call(function=function, arguments=arguments):
            return Call(function, tuple(map(change, arguments)))
        case Derivative(body=body, variable=variable):
            return Derivative(change(body), variable)
        case Series(kind=kind, index=index, lower=lower, upper=upper, body=body):
            return Series(kind, index, change(lower), change(upper), change(body))
        case Integral(variable=variable, bounds=bounds, body=body):
            return Integral(
                variable, (change(bounds[0]), change(bounds[1])) if bounds else None, change(body)
            )
        case Limit(variable=variable, point=point, side=side, body=body):
            return Limit(variable, change(point), side, change(body))
        case Table(rows=rows):
            return Table(tuple(tuple(map(change, row)) for row in rows))
    return node


def free_symbols(node: Node) -> frozenset[str]:
    """Names of the symbols in `node` that no sum, product, integral or limit around them binds."""
    match node:
        case Symbol(name=name):
            return frozenset((name,))
        case Series(index=bound, body=body) | Limit(variable=bound, body=body):
            outside = frozenset().union(*map(free_symbols, node.children[:-1]))
            return outside | free_symbols(body) - {bound}
        case Integral(variable=bound, bounds=bounds, body=body) if bounds is not None:
            return free_symbols(bounds[0]) | free_symbols(bounds[1]) | free_symbols(body) - {bound}
    return frozenset().union(*map(free_symbols, node.children))


def depends(node: Node, variable: str) -> bool:
    """Tell whether the symbol `variable` occurs in `node`."""
    return variable in _names_in(node)


@lru_cache(maxsize=4096)  # rules ask it of every part of an expression, and again for every wrong rule
def _names_in(node: Node) -> frozenset[str]:
    return frozenset(part.name for part in subtrees(node) if type(part) is Symbol)


def has_derivative(node: Node) -> bool:
    """Tell whether a derivative in `node` is not carried out."""
    return any(type(part) is Derivative or is_primed(part) for part in subtrees(node))


def is_primed(node: Node) -> bool:
    """Tell whether this is the derivative of a known function at something, such as `σ'(wx)`."""
    return type(node) is Call and node.function.endswith("'") and node.function.rstrip("'") in PRIMED
