"""Trees as plain text, which `read` reads back to the same tree."""

from __future__ import annotations

import re
from fractions import Fraction
from types import MappingProxyType

from grader.algebra.nodes import (
    Call,
    Constant,
    Derivative,
    Integral,
    Limit,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Table,
    decimals,
)

ATOMS = (Number, Symbol, Constant, Call, Series, Integral, Limit, Table)
CONSTANTS = MappingProxyType({"i": "ⅈ", "oo": "∞"})
FACTORS = (*ATOMS, Power, Derivative)
TERMS = (*FACTORS, Product, Quotient)
_JUXTAPOSED = re.compile(r"(?!e\d|d/d|E\d)[^\W\d_]")
"""What may follow a number without a sign: `2x`, but not `2e1`, which is twenty."""


def write(node: Node) -> str:
    """Give plain text with few brackets, such as `2x*e^(x*y)*sin(x)^2`."""
    match node:
        case Number(value=value):
            return written_number(value)
        case Symbol(name=name):
            return name
        case Constant(name=name):
            return CONSTANTS.get(name, name)
        case Negative(body=body):
            return f"-{_inside(body, TERMS)}"
        case Sum(terms=terms):
            return joined_sum(terms, write(terms[0]), lambda term: _inside(term, TERMS))
        case Product(factors=factors):
            return _product(factors)
        case Quotient(numerator=above, denominator=below):
            return f"{_inside(above, TERMS)}/{_inside(below, (*ATOMS, Power))}"
        case Power(base=base, exponent=exponent):
            return f"{_inside(base, ATOMS)}^{_inside(exponent, ATOMS)}"
        case Derivative(body=body, variable=variable):
            return f"d/d{variable}({write(body)})"
        case Call(function=function, arguments=arguments):
            return _call(function, arguments)
    return _noun(node)


def _call(function: str, arguments: tuple[Node, ...]) -> str:
    if function == "log":
        base, body = arguments
        lg = base == Number(Fraction(10))
        return f"lg({write(body)})" if lg else f"log({write(body)}, {write(base)})"
    if function == "transpose":
        return f"{_inside(arguments[0], (Table,))}.T"
    if function == "where":
        gap, *values = map(write, arguments)
        return f"where({', '.join((f'{gap} > 0', *values))})"
    return f"{function}({', '.join(map(write, arguments))})"


def _noun(node: Node) -> str:
    match node:
        case Series(kind=kind, index=index, lower=lower, upper=upper, body=body):
            name = "Sum" if kind == "sum" else "Product"
            return f"{name}({write(body)}, ({index}, {write(lower)}, {write(upper)}))"
        case Integral(variable=variable, bounds=None, body=body):
            return f"Integral({write(body)}, {variable})"
        case Integral(variable=variable, bounds=(lower, upper), body=body):
            return f"Integral({write(body)}, ({variable}, {write(lower)}, {write(upper)}))"
        case Limit(variable=variable, point=point, body=body):
            return f"Limit({write(body)}, {variable}, {write(point)})"
        case Table(rows=rows):
            return f"Matrix([{', '.join('[' + ', '.join(map(write, row)) + ']' for row in rows)}])"
    raise TypeError(type(node).__name__)


def written_number(value: Fraction) -> str:
    """Give a number with finitely many decimals in full."""
    places = decimals(value) or 0
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def joined_sum(terms: tuple[Node, ...], first: str, inside: object) -> str:
    """Join terms with their signs; `inside` writes a term after a sign."""
    text = first
    assert callable(inside)
    for term in terms[1:]:
        negative = isinstance(term, Negative)
        body = term.body if isinstance(term, Negative) else term
        text += f" {'-' if negative else '+'} {inside(body)}"
    return text


def juxtaposed(left: Node, text: str) -> bool:
    """Tell whether a number needs no sign before what is written as `text`."""
    return isinstance(left, Number) and _JUXTAPOSED.match(text) is not None


def _product(factors: tuple[Node, ...]) -> str:
    text = _inside(factors[0], (*FACTORS, Quotient))
    for place, factor in enumerate(factors[1:]):
        piece = _inside(factor, FACTORS)
        text += piece if place == 0 and juxtaposed(factors[0], piece) else f"*{piece}"
    return text


def _inside(node: Node, free: tuple[type, ...]) -> str:
    return write(node) if isinstance(node, free) else f"({write(node)})"
