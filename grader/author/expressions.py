"""Ready inputs for formulas: expressions grown from a table, as deep as wanted.

A table maps words in capitals to the lines that may stand for them; all other text stays as it is:

    TABLE = {"F": ("SUM", "sin(F)", "x*F"), "SUM": ("x + n", "n*x - n")}
    numbered(rng, grown(rng, TABLE, "F", depth=3))     # such as "(sin((3*x - 2)))"

`rng` is the `random.Random` with which variants are dealt, or a `numpy.random.Generator`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import inf

from numpy.random import Generator

from grader.algebra.latex import write_latex
from grader.algebra.names import Symbols
from grader.algebra.reader.reading import read

Random = random.Random | Generator
Table = Mapping[str, Sequence[str]]
Heights = Mapping[str, float]
WORD = re.compile("[A-Z]+")

ELEMENTARY: Table = {
    "F": ("SUM", "PRODUCT", "sin(F)", "cos(F)", "exp(F)", "F*SUM", "F + sin(SUM)", "F/(x**2 + n)"),
    "SUM": ("x + n", "n*x - n", "x**n + x", "n*x**2 + n"),
    "PRODUCT": ("n*x", "x**n", "n*x**2"),
}
"""Functions of x that are defined and differentiable everywhere; n stands for a whole number."""


def grown(rng: Random, table: Table, text: str, depth: int | None = None) -> str:
    """`text` with each word replaced by one of its lines, in brackets, until no word is left.

    depth        how many lines may stand within each other; without it as many as there are, if that has an end

    Raises `ValueError` for a word without lines, where the words cannot all be replaced within `depth`, and, without
    it, where a word can stand within itself.
    """
    least = _checked(tuple((word, tuple(lines)) for word, lines in table.items()), text, depth)
    return _grown(rng, table, text, inf if depth is None else depth, least)


@lru_cache(maxsize=64)  # the same for everybody to whom something is dealt
def _checked(table: tuple[tuple[str, tuple[str, ...]], ...], text: str, depth: int | None) -> Heights:
    """Word → how many lines stand within each other below it at least, where `depth` bounds them."""
    words = {word: [WORD.findall(line) for line in lines] for word, lines in table}
    inner = (word for found in words.values() for line in found for word in line)
    for word in {*WORD.findall(text), *inner}:
        if not words.get(word):
            raise ValueError(f"no line of the table can stand for {word!r}")
    if depth is None:
        most = _heights(words, max, 0)
        _refuse(WORD.findall(text), most, len(words), "can stand within itself: give a depth")
        return dict.fromkeys(words, 0)
    least = _heights(words, min, inf)
    _refuse(WORD.findall(text), least, depth, f"does not end within {depth} lines")
    return least


def _heights(
    words: Mapping[str, list[list[str]]], choose: Callable[[Iterable[float]], float], start: float
) -> Heights:
    """Word → how many lines stand within each other below it: at least, or at most; above all words: without end."""
    heights: Heights = dict.fromkeys(words, start)
    for _ in range(len(words) + 1):
        before = heights
        heights = {
            word: 1 + choose(max((before[inner] for inner in line), default=0) for line in lines)
            for word, lines in words.items()
        }
        if heights == before:
            break
    return heights


def _refuse(words: Iterable[str], heights: Heights, highest: int, problem: str) -> None:
    for word in words:
        if heights[word] > highest:
            raise ValueError(f"{word!r} {problem}")


def _grown(rng: Random, table: Table, text: str, depth: float, least: Heights) -> str:
    def replaced(word: re.Match[str]) -> str:
        lines = [line for line in table[word[0]] if all(least[w] < depth for w in WORD.findall(line))]
        return f"({_grown(rng, table, str(rng.choice(lines)), depth - 1, least)})"

    return WORD.sub(replaced, text)


def expressions(rng: Random, table: Table, text: str, deepest: int) -> Iterator[tuple[str, str]]:
    """Pairs of an aspect, `depth 1`, `depth 2`, …, and `text` grown so deep at most: simplest first.

    It begins with the first depth within which the words can all be replaced. Raises `ValueError` as `grown`, where
    they cannot be replaced within `deepest` either.
    """
    begun = False
    for depth in range(1, deepest + 1):
        try:
            drawn = grown(rng, table, text, depth)
        except ValueError:
            if begun or depth == deepest:
                raise
            continue
        begun = True
        yield f"depth {depth}", drawn


def numbered(rng: random.Random, text: str, letter: str = "n", low: int = 2, high: int = 5) -> str:
    """`text` with a whole number from `low` to `high` for every `letter` that stands alone."""
    return re.sub(rf"\b{re.escape(letter)}\b", lambda _: str(rng.randint(low, high)), text)


def in_latex(formula: str, names: Iterable[str]) -> str:
    r"""A formula of `names` as the course prints it, for `$…$` in a statement. Raises `Unreadable`.

    >>> print(in_latex("3*x*2**y*tan(x*y)", "xy"))
    3x \cdot 2^{y} \, \operatorname{tg}\left(x \, y\right)
    """
    # a dot stays where digits follow: x·2^y
    return re.sub(r" \\cdot (?!\d)", r" \\, ", write_latex(read(formula, Symbols(tuple(names)))))
