"""Ready inputs for cases: small graphs as matrices of weights.

`A[i, j]` is the weight of the edge from node i to node j, a whole number above 0, and 0 where there is none.
`rng` is a `numpy.random.Generator`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from grader.author.drawing import drawn_until

Weights = NDArray[np.int64]
HEAVIEST = 9


def graphs(rng: Generator, directed: bool = False) -> Iterator[tuple[str, Weights]]:
    """Connected graphs, or acyclic directed ones, simplest first: one edge, a tree, several ways, larger."""
    draw = acyclic if directed else graph
    for aspect, nodes, edges in (
        ("one edge", 2, 1),
        ("a tree", 4, 3),
        ("several ways", 5, 7),
        ("larger", 9, 16),
    ):
        yield aspect, draw(rng, nodes, edges)


def graph(rng: Generator, nodes: int, edges: int, heaviest: int = HEAVIEST) -> Weights:
    """A connected graph without loops, (nodes, nodes), symmetric; a tree where edges = nodes - 1.

    Raises `ValueError` where so few or so many edges cannot be.
    """
    A = _downhill(rng, nodes, edges, heaviest)
    order = rng.permutation(nodes)
    return (A + A.T)[np.ix_(order, order)]


def acyclic(rng: Generator, nodes: int, edges: int, heaviest: int = HEAVIEST) -> Weights:
    """A directed graph without cycles, (nodes, nodes), connected when directions are forgotten.

    Some edge leads from a larger number to a smaller one, so that the numbering is no topological order.
    Raises `ValueError` where so few or so many edges cannot be.
    """
    A = _downhill(rng, nodes, edges, heaviest)

    def draw() -> Weights:
        order = rng.permutation(nodes)
        return A[np.ix_(order, order)]

    return drawn_until(draw, lambda shuffled: nodes == 1 or np.tril(shuffled).any())


def edges_of(A: Weights) -> list[tuple[int, int, int]]:
    """The edges of `A` as triples of two nodes and the weight, row by row; of a symmetric graph each once."""
    seen = np.triu(A) if np.array_equal(A, A.T) else A
    return [(int(i), int(j), int(A[i, j])) for i, j in np.argwhere(seen)]


def _downhill(rng: Generator, nodes: int, edges: int, heaviest: int) -> Weights:
    """Edges from smaller to larger numbers: each node but the first has one from a node before it."""
    pairs = [(i, j) for j in range(nodes) for i in range(j)]
    if not nodes - 1 <= edges <= len(pairs):
        raise ValueError(f"{nodes} nodes are connected by {nodes - 1} to {len(pairs)} edges, not by {edges}")
    chosen = {(int(rng.integers(0, j)), j) for j in range(1, nodes)}
    left = [pair for pair in pairs if pair not in chosen]
    chosen |= {left[n] for n in rng.permutation(len(left))[: edges - len(chosen)]}
    A = np.zeros((nodes, nodes), dtype=np.int64)
    for i, j in sorted(chosen):
        A[i, j] = rng.integers(1, heaviest + 1)
    return A
