"""What a matrix formula may be made of: matrices with shapes, indexed families of them, functions, scalars."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

from msgspec import Struct

from grader.algebra.matrices.nodes import Index
from grader.algebra.names import Symbols, key_of
from grader.algebra.unreadable import Unreadable

Shapes = tuple[tuple[str, tuple[str, str]], ...]

_SPELLINGS = {
    "tanh": "tanh th",
    "sigmoid": "sigmoid σ",
    "relu": "relu ReLU",
    "softmax": "softmax",
    "exp": "exp",
    "ln": "ln log",
    "sqrt": "sqrt",
}
KNOWN_FUNCTIONS = MappingProxyType(
    {word: name for name, words in _SPELLINGS.items() for word in words.split()}
)
"""Functions of which everything is known: formulas with them are compared in real numbers."""
FURTHER_FUNCTIONS = MappingProxyType(
    {
        **dict.fromkeys(("sum", "Sum"), "sum"),
        **dict.fromkeys(("prod", "product", "Product"), "prod"),
        "diag": "diag",
        **dict.fromkeys(("inv", "inverse"), "inverse"),
        **dict.fromkeys(("trace", "Trace", "tr", "Tr", "Sp"), "trace"),
        "norm": "norm",
        **dict.fromkeys(("maximum", "max"), "maximum"),
        "ones": "ones",
        **dict.fromkeys(("eye", "identity"), "identity"),
    }
)


@dataclass(frozen=True)
class MatrixSymbols:
    """What a matrix formula may be made of.

    shapes       pairs (matrix, (rows, columns)) with names of dimensions, "1" for one; a dimension is also a scalar
    aliases      pairs (other name, matrix)
    scalars      further scalars
    functions    names of functions that act on each element and of which nothing is known; with `f`, `f'` is one
    families     pairs (indexed name, shape), such as `s_i` or `∂s_i/∂s_{i-1}`: a matrix for every index
    definitions  pairs (name, formula) of what is not free but made of other things: `A` of `f(Z)`, `∂f/∂a_i` of
                 `f'(a_i)`; the name is one of `shapes` or `families`
    indices      pairs (letter, numbers) of indices that are free, with the numbers that are tried
    """

    shapes: Shapes
    aliases: tuple[tuple[str, str], ...] = ()
    scalars: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    families: Shapes = ()
    definitions: tuple[tuple[str, str], ...] = ()
    indices: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Names of the dimensions, in the order of their first appearance."""
        named = dict.fromkeys(dimension for _, shape in (*self.shapes, *self.families) for dimension in shape)
        return tuple(name for name in named if name != "1")

    @cached_property
    def symbols(self) -> Symbols:
        """The same for the lexer."""
        names = (*(name for name, _ in self.shapes), *self.dimensions, *self.scalars)
        letters = (letter for letter, _ in self.indices)
        return Symbols(
            tuple(dict.fromkeys((*names, *letters))), self.aliases, functions=self.functions, matrix=True
        )

    @cached_property
    def patterns(self) -> tuple[Family, ...]:
        """The families as the lexer finds them. Raises `ValueError` for a name that is none."""
        return tuple(family_of(name) for name, _ in self.families)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(
            (self.shapes, self.aliases, self.scalars, self.functions, self.families, self.definitions)
        )


class Family(Struct, frozen=True):
    """An indexed name: what stands above and below the line (`below` is "" for a plain symbol), and its indices.

    `starred` tells that a star marks what is below (`∂s_i/∂W_*`: the immediate derivative).
    """

    name: str
    above: str
    below: str
    indices_above: tuple[Index, ...]
    indices_below: tuple[Index, ...]
    starred: bool = False

    @property
    def letter(self) -> str:
        """The letter of its first index, "" where that has none."""
        letters = (
            letter for index in (*self.indices_above, *self.indices_below) for letter, _ in index.letters
        )
        return next(letters, "")

    def parted(self, indices: tuple[Index, ...]) -> tuple[tuple[Index, ...], tuple[Index, ...]]:
        """The indices above and below the line; those of a derivative by the one before need not be given below."""
        above, below = indices[: len(self.indices_above)], indices[len(self.indices_above) :]
        return above, (above[0].moved(-1),) if self.adjacent and not below else below

    @property
    def adjacent(self) -> bool:
        """Whether it is a derivative by the one before, from which those by all earlier ones follow."""
        above, below = self.indices_above, self.indices_below
        return self.above == self.below and len(above) == len(below) == 1 and below[0] == above[0].moved(-1)


_SIDE = r"([^\W\d_]+)(?:_?\{([^{}]*)\}|_(\w+|\*)|(\*))?"
_FAMILY = re.compile(rf"(?:[d∂]({_SIDE})/[d∂]({_SIDE})|({_SIDE}))")
_TERM = re.compile(r"\s*([+-]?)\s*(?:([0-9]+)\s*\*?\s*)?([A-Za-z]?)")


@lru_cache(maxsize=256)
def family_of(name: str) -> Family:
    """Read a declared name. Raises `ValueError`."""
    found = _FAMILY.fullmatch(name.replace(" ", ""))
    if not found:
        raise ValueError(f"{name!r} is no name with an index, such as 's_i' or '∂s_i/∂s_{{i-1}}'")
    above, inside = (found[2], found[3] or found[4]) if found[1] else (found[12], found[13] or found[14])
    below, under = (found[7], found[8] or found[9] or found[10] or "") if found[1] else ("", "")
    starred = under == "*"
    try:
        indices_above = indices_of(inside or "", 1)
        indices_below = () if starred else indices_of(under, 1)
    except Unreadable as error:
        raise ValueError(f"the index of {name!r} cannot be read") from error
    return Family(name, key_of(above), key_of(below), indices_above, indices_below, starred)


def indices_of(text: str, column: int) -> tuple[Index, ...]:
    """Read indices, parted by commas or, if they are single signs, by nothing. Raises `Unreadable`."""
    if not text.strip():
        return ()
    pieces = text.split(",")
    compact = text.replace(" ", "")
    if len(pieces) == 1 and len(compact) == 2 and compact.isalpha():
        pieces = list(compact)
    return tuple(index_of(piece, column) for piece in pieces)


def index_of(text: str, column: int) -> Index:
    """Read an index such as `k-i+1`. Raises `Unreadable`."""
    total, place = Index(), 0
    text = text.strip().replace("−", "-")
    while place < len(text):
        found = _TERM.match(text, place)
        if found is None or not (found[2] or found[3]) or (place and not found[1]) or found.end() - place > 8:
            raise Unreadable(column, "index_expected", text)
        number = int(found[2] or 1) * (-1 if found[1] == "-" else 1)
        term = Index(0, ((found[3], 1),)) if found[3] else Index(1)
        for _ in range(min(abs(number), 99)) if found[3] else ():
            total = total.plus(term, 1 if number > 0 else -1)
        if not found[3]:
            total = total.moved(number)
        place = found.end()
        place += len(text[place:]) - len(text[place:].lstrip())
    if not text:
        raise Unreadable(column, "index_expected", "")
    return total
