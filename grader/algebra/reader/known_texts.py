"""Formulas that were written down a moment ago: whoever reads them is given the trees they were written from.

Of a wrong formula hundreds of others are written, each to be read once; reading takes longer than all the rest.
`write` gives what `read` reads back to the same tree, so that nothing depends on what is remembered here.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

from grader.algebra.names import Symbols
from grader.algebra.nodes import Node
from grader.algebra.reader.reading import read
from grader.algebra.writing import write

KEPT = 2048

_trees: OrderedDict[tuple[str, tuple[str, ...]], Node] = OrderedDict()


def write_known(node: Node, letters: tuple[str, ...]) -> str:
    """Write a formula that is made of `letters`."""
    text = write(node)
    _trees[text, letters] = node
    if len(_trees) > KEPT:
        _trees.popitem(last=False)
    return text


def read_known(text: str, symbols: Symbols) -> Node:
    """Read a formula that we may have written. Raises `Unreadable`."""
    known = _trees.get((text, symbols.names))
    # a prime, which `variable` is about, is never written
    if known is not None and replace(symbols, variable="") == Symbols(symbols.names):
        return known
    return read(text, symbols)
