"""Trees as LaTeX."""

from __future__ import annotations

import re
from types import MappingProxyType

from grader.algebra.names import GREEK
from grader.algebra.nodes import (
    Call,
    Constant,
    Derivative,
    E,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)
from grader.algebra.writing import ATOMS, FACTORS, TERMS, joined_sum, juxtaposed, written_number

_COMMANDS = MappingProxyType(
    {
        **{name: f"\\{name}" for name in ("sin", "cos", "sec", "ln", "arcsin", "arccos")},
        **{name: f"\\operatorname{{{name}}}" for name in ("tg", "ctg", "cosec", "arctg", "arcctg", "sign")},
        **{name: f"\\operatorname{{{name}}}" for name in ("sh", "ch", "th", "cth", "arsh", "arch", "arth")},
        "sigmoid": "\\sigma",
    }
)
_LETTERS = MappingProxyType({letter: f"\\{word}" for word, letter in reversed(tuple(GREEK.items()))})
_NAME = re.compile(r"(\w*?[^\W\d_])_?\{?([\d,]*)\}?")
_QUOTIENT = re.compile(r"[d∂](\w+)/[d∂](\w+)")


def write_latex(node: Node) -> str:
    """Give LaTeX without the signs of mathematics mode around it."""
    match node:
        case Number(value=value):
            return written_number(value)
        case Symbol(name=name):
            return _symbol(name)
        case Constant(name=name):
            return "\\pi" if name == "pi" else name
        case Negative(body=body):
            return f"-{_inside(body, TERMS)}"
        case Sum(terms=terms):
            return joined_sum(terms, write_latex(terms[0]), lambda term: _inside(term, TERMS))
        case Product(factors=factors):
            return _product(factors)
        case Quotient(numerator=above, denominator=below):
            return f"\\frac{{{write_latex(above)}}}{{{write_latex(below)}}}"
        case Power(base=base, exponent=exponent):
            return f"{_base(base)}^{{{write_latex(exponent)}}}"
        case Derivative(body=body, variable=variable):
            return f"\\frac{{d}}{{d {_symbol(variable)}}}{_group(body)}"
        case Call(function=function, arguments=arguments):
            return _call(function, arguments)
    raise TypeError(type(node).__name__)


def _call(function: str, arguments: tuple[Node, ...]) -> str:
    body = arguments[-1]
    if function == "sqrt":
        return f"\\sqrt{{{write_latex(body)}}}"
    if function == "abs":
        return f"\\left|{write_latex(body)}\\right|"
    if function == "log":
        return f"\\log_{{{write_latex(arguments[0])}}}{_group(body)}"
    return f"{_COMMANDS.get(function, function)}{_group(body)}"


def _product(factors: tuple[Node, ...]) -> str:
    text = _inside(factors[0], (*FACTORS, Quotient))
    for place, factor in enumerate(factors[1:]):
        piece = _inside(factor, (*FACTORS, Quotient))
        bare = place == 0 and (juxtaposed(factors[0], piece) or piece.startswith("\\sqrt"))
        text += piece if bare and isinstance(factors[0], Number) else f" \\cdot {piece}"
    return text


def _base(base: Node) -> str:
    plain = isinstance(base, ATOMS) and base != E
    return write_latex(base) if plain or base == E else _group(base)


def _symbol(name: str) -> str:
    quotient = _QUOTIENT.fullmatch(name)
    if quotient:
        return f"\\frac{{\\partial {_symbol(quotient[1])}}}{{\\partial {_symbol(quotient[2])}}}"
    parts = _NAME.fullmatch(name)
    if parts is None:
        return name
    stem = "".join(f"{_LETTERS[letter]} " if letter in _LETTERS else letter for letter in parts[1]).rstrip()
    stem = f"\\{stem}" if stem in GREEK else stem
    return f"{stem}_{{{parts[2]}}}" if parts[2] else stem


def _group(node: Node) -> str:
    return f"\\left({write_latex(node)}\\right)"


def _inside(node: Node, free: tuple[type, ...]) -> str:
    return write_latex(node) if isinstance(node, free) else _group(node)
