"""Expressions with symbols replaced by expressions."""

from __future__ import annotations

from collections.abc import Mapping

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


def replaced(node: Node, meanings: Mapping[str, Node]) -> Node:
    """Give `node` with every symbol in `meanings` replaced, all at once.

    What a derivative is taken by stays, unless it is replaced by another symbol.
    """
    match node:
        case Symbol(name=name):
            return meanings.get(name, node)
        case Negative(body=body):
            return Negative(replaced(body, meanings))
        case Sum(terms=terms):
            return sum_of(replaced(term, meanings) for term in terms)
        case Product(factors=factors):
            return product_of(replaced(factor, meanings) for factor in factors)
        case Quotient(numerator=above, denominator=below):
            return Quotient(replaced(above, meanings), replaced(below, meanings))
        case Power(base=base, exponent=exponent):
            return Power(replaced(base, meanings), replaced(exponent, meanings))
        case Call(function=function, arguments=arguments):
            return Call(function, tuple(replaced(argument, meanings) for argument in arguments))
        case Derivative(body=body, variable=variable):
            by = meanings.get(variable)
            return Derivative(replaced(body, meanings), by.name if isinstance(by, Symbol) else variable)
    return node
