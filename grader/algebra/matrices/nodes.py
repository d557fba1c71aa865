"""Trees of matrix formulas, and the indices of their symbols, sums and products."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

Operation = Literal[
    "number",
    "symbol",
    "indexed",
    "negate",
    "add",
    "subtract",
    "divide",
    "transpose",
    "inverse",
    "product",
    "elements",
    "star",
    "outer",
    "sum",
    "mean",
    "size",
    "trace",
    "norm",
    "diag",
    "ones",
    "identity",
    "apply",
    "total",
    "chain",
]


class Index(Struct, frozen=True):
    """An index such as `k`, `3` or `k - i + 1`: a whole number and letters with their coefficients, sorted."""

    constant: int = 0
    letters: tuple[tuple[str, int], ...] = ()

    def at(self, values: Mapping[str, int]) -> int:
        """The number that it is where the letters are these. Raises `KeyError` for a letter that is not given."""
        return self.constant + sum(factor * values[letter] for letter, factor in self.letters)

    def plus(self, other: Index, sign: int = 1) -> Index:
        """The sum, or with the sign −1 the difference, of two indices."""
        letters = dict(self.letters)
        for letter, factor in other.letters:
            letters[letter] = letters.get(letter, 0) + sign * factor
        kept = tuple(sorted((letter, factor) for letter, factor in letters.items() if factor))
        return Index(self.constant + sign * other.constant, kept)

    def moved(self, step: int) -> Index:
        """The index that is larger by `step`."""
        return Index(self.constant + step, self.letters)

    def where(self, letter: str, value: Index) -> Index:
        """The index with `value` for a letter."""
        factor = dict(self.letters).get(letter, 0)
        if not factor:
            return self
        rest = Index(self.constant, tuple(pair for pair in self.letters if pair[0] != letter))
        for _ in range(abs(factor)):
            rest = rest.plus(value, 1 if factor > 0 else -1)
        return rest

    def __str__(self) -> str:
        text = ""
        for letter, factor in sorted(self.letters, key=lambda pair: pair[1] < 0):
            sign = "-" if factor < 0 else "+" if text else ""
            text += sign + ("" if abs(factor) == 1 else str(abs(factor))) + letter
        if self.constant or not text:
            text += f"{self.constant:+d}" if text else str(self.constant)
        return text


class Bounds(Struct, frozen=True):
    """What a sum or a product runs over: `letter` from `lower` to `upper`, both included.

    A product has its last factor on the left, as the chain rule has it, unless it is `rising`: then it is written in
    its order.
    """

    letter: str
    lower: Index
    upper: Index
    rising: bool = False


class Matrix(Struct, frozen=True):
    """A matrix or a scalar, made by `operation` from `parts`; `text` is how it was written, at `column`.

    `value` is the number, the name of a symbol or function, the name and the indices of an indexed symbol, the
    bounds of a total (a sum with bounds) or of a chain (a product with bounds), the shape of ones, the size of an
    identity ("" where that is still to be inferred), or the axis of a sum, a mean or a size (None: all).
    "product" is the product of matrices, "elements" that of elements, "star" either.
    """

    operation: Operation
    parts: tuple[Matrix, ...] = ()
    value: Any = None
    column: int = 0
    text: str = ""


def parts_of(node: Matrix) -> Iterator[Matrix]:
    """Visit the formula and everything in it."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(here.parts)


def bare(node: Matrix) -> Matrix:
    """The formula without its places and texts, and with every `*` as Python's."""
    operation = "elements" if node.operation == "star" else node.operation
    return Matrix(operation, tuple(map(bare, node.parts)), node.value)


def changed(node: Matrix, change: Callable[[Matrix], Matrix]) -> Matrix:
    """The formula with `change` applied to everything in it, the innermost first."""
    parts = tuple(changed(part, change) for part in node.parts)
    return change(replace(node, parts=parts) if parts else node)


def at_index(node: Matrix, letter: str, value: Index) -> Matrix:
    """The formula with `value` for an index; a sum or product that binds the same letter keeps its own."""
    match node.operation:
        case "indexed":
            name, indices = node.value
            return replace(node, value=(name, tuple(index.where(letter, value) for index in indices)))
        case "total" | "chain":
            bounds = node.value
            lower, upper = bounds.lower.where(letter, value), bounds.upper.where(letter, value)
            parts = node.parts if bounds.letter == letter else (at_index(node.parts[0], letter, value),)
            return replace(node, parts=parts, value=replace(bounds, lower=lower, upper=upper))
    return replace(node, parts=tuple(at_index(part, letter, value) for part in node.parts))


def renamed(node: Matrix, names: Mapping[str, str]) -> Matrix:
    """The formula with other letters for its free indices, all at once."""
    between = {letter: f"{letter}\0" for letter in names}
    for letter, name in (*between.items(), *((between[letter], names[letter]) for letter in names)):
        node = at_index(node, letter, Index(0, ((name, 1),)))
    return node


def counting_down(node: Matrix) -> Matrix:
    """The formula with its products read as counting down: from k to i + 1, with the factor of k on the left."""

    def change(here: Matrix) -> Matrix:
        if here.operation != "chain":
            return here
        bounds = here.value
        return replace(here, value=replace(bounds, lower=bounds.upper, upper=bounds.lower))

    return changed(node, change)
