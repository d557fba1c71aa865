"""Whether two matrix formulas are equal: shapes first, then random matrices over a finite field.

Every named dimension gets a size of its own, so that a lost transpose or a wrong order cannot hide, and a free index
runs from one up. An expected formula may itself be one whose shapes do not fit, since that is what a known mistake
looks like: it is then compared with vectors held the other way (rows for columns), and if that does not help, with
square matrices throughout.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from grader.algebra.matrices.fields import NoValueError
from grader.algebra.matrices.instances import LAYOUTS, Layout, instances, needs_reals, universe_of
from grader.algebra.matrices.names import MatrixSymbols
from grader.algebra.matrices.nodes import Bounds, Index, Matrix, bare, counting_down, parts_of
from grader.algebra.matrices.reading import read_matrix
from grader.algebra.matrices.shapes import ANY, Shape, ShapeConflict, Star, of_size, resolved, shown
from grader.algebra.matrices.values import Instance, Value, flat, transposed, value_of
from grader.algebra.matrices.witnesses import MatrixWitness, witness
from grader.algebra.unreadable import Unreadable

__all__ = ["MatrixDifference", "MatrixSymbols", "asked_itself", "compare_matrices"]

Reason = Literal["shape", "transposed", "factor", "different", "undecided"]


class MatrixDifference(Struct, frozen=True):
    """Why two matrix formulas are not equal.

    "shape" with the `conflict`, or with the two shapes of the results; "transposed"; "factor" with what the answer
    is too large by (`-1`, `N`, `1/N`, `2`); "different", with a `witness` where one is found; "undecided" where
    something is divided by zero, or takes too long to work out.
    """

    reason: Reason
    conflict: ShapeConflict | None = None
    yours: str = ""
    right: str = ""
    factor: str = ""
    witness: MatrixWitness | None = None


def compare_matrices(
    expected: str, actual: str, symbols: MatrixSymbols, seed: int = 0, *, explain: bool = True
) -> MatrixDifference | None:
    """Compare two matrix formulas; None if they are equal.

    Raises `Unreadable` where `actual`, and `ValueError` where `expected` cannot be read.
    In `expected`, `*` is the product of elements. In an answer on paper it may be either product: the answer is right
    if one of them is. Where nothing else looks like paper (`X * W`), it may be the product of matrices if that fits.
    Without `explain` nothing is said of a difference but that there is one.
    """
    reference = _reference(expected, symbols, seed)
    found: MatrixDifference | None = None
    for yours in _readings(actual, symbols):
        difference = reference.difference(yours, explain)
        if difference is None:
            return None
        if found is None or found.conflict is not None:
            found = difference
    return found


def expected_matrix(text: str, symbols: MatrixSymbols) -> Matrix:
    """Read an author's formula. Raises `ValueError`."""
    try:
        return read_matrix(text, symbols, python=True)
    except Unreadable as error:
        raise ValueError(f"the expected formula {text!r} cannot be read: {error}") from error


class _Typed(Struct, frozen=True):
    """An answer, and one of the ways in which it can be meant."""

    node: Matrix
    star: Star
    text: str


@lru_cache(maxsize=64)
def _readings(text: str, symbols: MatrixSymbols) -> tuple[_Typed, ...]:
    """What an answer may mean, the likelier first. Raises `Unreadable`."""
    node = read_matrix(text, symbols)
    _check_letters(node, {*dict(symbols.indices), *symbols.dimensions, *symbols.scalars})
    chains = any(part.operation == "chain" and part.value.letter != "ι" for part in parts_of(node))
    nodes = [node, counting_down(node)] if chains else [node]
    return tuple(
        _Typed(here, star, f"{text}\n{number}")
        for number, here in enumerate(nodes)
        for star in _stars(here, symbols)
    )


def _check_letters(node: Matrix, known: set[str]) -> None:
    """Refuse an index that is neither free in the question nor bound around it. Raises `Unreadable`."""
    indices: tuple[Index, ...] = node.value[1] if node.operation == "indexed" else ()
    inside = known
    if isinstance(node.value, Bounds):
        indices = (node.value.lower, node.value.upper)
        inside = known | {node.value.letter}
    for index in indices:
        for letter, _ in index.letters:
            if letter not in known:
                raise Unreadable(node.column, "unknown_name", letter)
    for part in node.parts:
        _check_letters(part, inside)


def _stars(node: Matrix, symbols: MatrixSymbols) -> tuple[Star, ...]:
    """What `*` may stand for in an answer, the likelier first."""
    operations = [part.operation for part in parts_of(node)]
    if "star" not in operations:
        return ("elements",)
    if "transpose" in operations or "product" in operations or operations.count("star") > 1:
        return ("product", "fitting", "elements")
    for layout in LAYOUTS[:2]:
        try:
            resolved(node, universe_of(symbols, layout), "product")
        except ShapeConflict:
            continue
        return ("product", "elements")
    return ("elements",)


@lru_cache(maxsize=4096)
def _reference(text: str, symbols: MatrixSymbols, seed: int) -> _Reference:
    node = expected_matrix(text, symbols)
    for layout in LAYOUTS:
        try:
            settled, shape = resolved(node, universe_of(symbols, layout), "elements")
        except ShapeConflict:
            continue
        return _Reference(settled, symbols, layout, shape, seed)
    return _Reference(node, symbols, None, None, seed)


@lru_cache(maxsize=256)
def _settled(typed: _Typed, symbols: MatrixSymbols, layout: Layout) -> tuple[Matrix, Shape]:
    return resolved(typed.node, universe_of(symbols, layout), typed.star)


@lru_cache(maxsize=256)  # one answer is compared with dozens of readings, at the same points
def _answered(
    typed: _Typed, symbols: MatrixSymbols, layout: Layout, reals: bool, seed: int
) -> tuple[Value, ...]:
    node, _ = _settled(typed, symbols, layout)
    return tuple(_value(node, instance) for instance in instances(symbols, layout, reals, seed))


def _value(node: Matrix, instance: Instance) -> Value:
    """The value of a formula; a matrix of one entry is a number."""
    instance.work = instance.depth = 0
    value = value_of(node, instance, {})
    return flat(value)[0] if isinstance(value, list) and len(value) == len(value[0]) == 1 else value


@dataclass(eq=False)
class _Reference:
    """An expected formula with the layout in which it makes sense (None: in none), and its values."""

    node: Matrix
    symbols: MatrixSymbols
    layout: Layout | None
    shape: Shape
    seed: int
    known: dict[bool, tuple[Value, ...]] = field(default_factory=dict)

    def values(self, reals: bool) -> tuple[Value, ...]:
        """Its values at all instances. Raises `ValueError`."""
        if reals not in self.known:
            assert self.layout is not None
            found = instances(self.symbols, self.layout, reals, self.seed)
            try:
                self.known[reals] = tuple(_value(self.node, instance) for instance in found)
            except NoValueError:
                raise ValueError(f"the expected formula {self.node.text!r} divides by zero") from None
        return self.known[reals]

    def difference(self, yours: _Typed, explain: bool) -> MatrixDifference | None:
        """Compare an answer with the expected formula."""
        if self.layout is None:
            return None if bare(yours.node) == bare(self.node) else MatrixDifference("different")
        reals = needs_reals(self.node, self.symbols) or needs_reals(yours.node, self.symbols)
        try:
            node, shape = _settled(yours, self.symbols, self.layout)
            if shape is not None and ANY in shape and self.shape is not None:
                yours = replace(yours, node=of_size(yours.node, self.shape[0]))
                node, shape = _settled(yours, self.symbols, self.layout)
            right = self.values(reals)
            if (shape or ("1", "1")) not in ((self.shape or ("1", "1")), (self.shape or ("1", "1"))[::-1]):
                return MatrixDifference("shape", yours=shown(shape), right=shown(self.shape))
            values = _answered(yours, self.symbols, self.layout, reals, self.seed)
        except ShapeConflict as conflict:
            return MatrixDifference("shape", conflict)
        except NoValueError:
            return MatrixDifference("undecided")
        seen = _Seen(instances(self.symbols, self.layout, reals, self.seed), values, right)
        if seen.same() or (node.operation in ("sum", "mean") and node.value == 1 and seen.same(turned=True)):
            return None
        if not explain:
            return MatrixDifference("different")
        if seen.same(turned=True):
            return MatrixDifference("transposed", yours=shown(shape), right=shown(self.shape))
        if (shape or ("1", "1")) != (self.shape or ("1", "1")):
            return MatrixDifference("shape", yours=shown(shape), right=shown(self.shape))
        found = witness(self.node, node, self.symbols, self.layout)
        factor = seen.factor(self.symbols)
        return MatrixDifference("factor" if factor else "different", factor=factor, witness=found)


@dataclass(frozen=True)
class _Seen:
    """Values of an answer and of the expected formula at the same instances."""

    instances: tuple[Instance, ...]
    yours: tuple[Value, ...]
    right: tuple[Value, ...]

    def same(self, factors: list[Any] | None = None, *, turned: bool = False) -> bool:
        """Whether they agree everywhere: transposed, or with the answer as much larger as `factors` say."""
        for number, (instance, mine, other) in enumerate(
            zip(self.instances, self.yours, self.right, strict=True)
        ):
            value = transposed(mine) if turned else mine
            if not agree(value, other, instance, factors[number] if factors else 1):
                return False
        return True

    def factor(self, symbols: MatrixSymbols) -> str:
        """Find by what the answer is too large: a sign, a 2, a dimension, or one over these."""
        count = len(self.instances)
        names = {"2": [2] * count}
        names |= {
            name: [i.size(name) for i in self.instances] for name in symbols.dimensions if name.isidentifier()
        }
        if self.same([-1] * count):
            return "-1"
        for (name, numbers), sign in product(names.items(), (1, -1)):
            minus = "-" if sign < 0 else ""
            if self.same([sign * number for number in numbers]):
                return f"{minus}{name}"
            one = [
                i.numbers.quotient(sign, number) for i, number in zip(self.instances, numbers, strict=True)
            ]
            if self.same(one):
                return f"{minus}1/{name}"
        return ""


def agree(mine: Value, other: Value, instance: Instance, factor: Any = 1) -> bool:
    """Whether two values have one shape and equal entries, `mine` being `factor` times `other`."""
    if isinstance(mine, list) != isinstance(other, list):
        return False
    if isinstance(mine, list) and (len(mine), len(mine[0])) != (len(other), len(other[0])):
        return False
    numbers, left, right = instance.numbers, flat(mine), flat(other)
    if factor != 1:
        right = [numbers.normal(entry * factor) for entry in right]
    size = max(map(abs, (*left, *right)))
    return all(numbers.same(a, b, size) for a, b in zip(left, right, strict=True))


def asked_itself(text: str, symbols: MatrixSymbols, asked: tuple[str, ...]) -> int:
    """The column at which an answer holds the question, one of `asked`; 0 if it does not.

    Raises `Unreadable` where the answer, and `ValueError` where a question cannot be read.
    """
    questions = [bare(expected_matrix(name, symbols)) for name in asked]
    return next(
        (part.column for part in parts_of(_readings(text, symbols)[0].node) if bare(part) in questions), 0
    )
