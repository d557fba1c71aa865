"""What students get wrong about activations in matrix formulas, read off the right one."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from msgspec.structs import replace

from grader.algebra.matrices.nodes import Matrix, changed
from grader.algebra.matrices.places import ONE, Right


def _slope(node: Matrix) -> bool:
    """Whether a factor is the derivative of an activation, perhaps as a diagonal matrix."""
    inner = node.parts[0] if node.operation in ("diag", "transpose") else node
    return inner.operation == "apply" and inner.value.endswith("'")


def _activation_lost(right: Right) -> Iterator[Matrix]:
    def lost(node: Matrix) -> Iterator[Matrix]:
        if node.operation in ("elements", "product"):
            for place in (0, 1):
                if _slope(node.parts[place]):
                    yield node.parts[1 - place]

    yield from right.each(lost)
    every = changed(right.node, lambda node: next(lost(node), node))
    if every != right.node:
        yield every


def _activation_argument(right: Right) -> Iterator[Matrix]:
    def elsewhere(node: Matrix) -> Iterator[Matrix]:
        if node.operation != "apply" or not node.value.endswith("'"):
            return
        inner = node.parts[0]
        yield replace(node, parts=(replace(node, value=node.value[:-1]),))
        shape = right.shape(inner)
        for name, other in right.symbols.shapes:
            if other == shape and (inner.operation, inner.value) != ("symbol", name):
                yield replace(node, parts=(Matrix("symbol", value=name),))

    yield from right.each(elsewhere)
    yield changed(right.node, lambda node: next(elsewhere(node), node))


def _activation_itself(right: Right) -> Iterator[Matrix]:
    def itself(node: Matrix) -> Iterator[Matrix]:
        if node.operation == "apply" and node.value.endswith("'"):
            yield replace(node, value=node.value[:-1])

    yield from right.each(itself)
    yield changed(right.node, lambda node: next(itself(node), node))


def _preactivation(right: Right) -> Iterator[Matrix]:
    made = dict(right.symbols.definitions)

    def before(node: Matrix) -> Iterator[Matrix]:
        if node.operation == "apply" and not node.value.endswith("'"):
            yield node.parts[0]
        elif node.operation == "symbol" and node.value in made:
            name = made[node.value].partition("(")[2].rpartition(")")[0].strip()
            if name in dict(right.symbols.shapes):
                yield Matrix("symbol", value=name)

    yield from right.each(before)
    yield changed(right.node, lambda node: next(before(node), node))


def _softmax_diagonal(right: Right) -> Iterator[Matrix]:
    def diagonal(node: Matrix) -> Iterator[Matrix]:
        if node.operation == "subtract" and node.parts[0].operation == "diag":
            p = node.parts[0].parts[0]
            slope = Matrix("elements", (p, Matrix("subtract", (ONE, p))))
            yield Matrix("diag", (slope,))
            yield slope

    yield from right.each(diagonal)


ACTIVATION_RULES = MappingProxyType(
    {
        "activation_lost": _activation_lost,
        "activation_argument": _activation_argument,
        "activation_itself": _activation_itself,
        "preactivation": _preactivation,
        "softmax_diagonal": _softmax_diagonal,
    }
)
