"""Expressions with symbols replaced by expressions."""

from __future__ import annotations

from collections.abc import Mapping

from grader.algebra.nodes import Derivative, Node, Symbol, rebuilt


def replaced(node: Node, meanings: Mapping[str, Node]) -> Node:
    """Give `node` with every symbol in `meanings` replaced, all at once.

    What a derivative is taken by stays, unless it is replaced by another symbol.
    """
    if not meanings:
        return node
    if isinstance(node, Symbol):
        return meanings.get(node.name, node)
    if isinstance(node, Derivative):
        by = meanings.get(node.variable)
        name = by.name if isinstance(by, Symbol) else node.variable
        return Derivative(replaced(node.body, meanings), name)
    return rebuilt(node, lambda child: replaced(child, meanings))
