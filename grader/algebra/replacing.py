"""Expressions with parts of them replaced."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.algebra.nodes import (
    Call,
    Derivative,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    product_of,
    sum_of,
)


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """Give `node` with each of its children changed."""
    match node:
        case Negative(body=body):
            return Negative(change(body))
        case Sum(terms=terms):
            return sum_of(map(change, terms))
        case Product(factors=factors):
            return product_of(map(change, factors))
        case Quotient(numerator=above, denominator=below):
            return Quotient(change(above), change(below))
        case Power(base=base, exponent=exponent):
            return Power(change(base), change(exponent))
        case Call(function=function, arguments=arguments):
            return Call(function, tuple(map(change, arguments)))
        case Derivative(body=body, variable=variable):
            return Derivative(change(body), variable)
    return node


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
