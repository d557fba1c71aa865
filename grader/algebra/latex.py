"""Trees as LaTeX."""

from __future__ import annotations

import re
from types import MappingProxyType

from grader.algebra.names import GREEK, KNOWN
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
_CONSTANTS = MappingProxyType({"pi": "\\pi", "oo": "\\infty", "i": "\\imaginaryunit"})
_BRACKETS = MappingProxyType({"floor": ("\\lfloor ", "\\rfloor "), "ceil": ("\\lceil ", "\\rceil ")})
_LETTERS = MappingProxyType({letter: f"\\{word}" for word, letter in reversed(tuple(GREEK.items()))})
_NAME = re.compile(r"(\w*?[^\W\d_])_?\{?([\d,]*)\}?")
_QUOTIENT = re.compile(r"[d∂](\w+)/[d∂](\w+)")


def write_latex(node: Node) -> str:
    """Give LaTeX without the signs of mathematics mode around it."""
    match node:
        case Number(value=value):
            return written_number(value)
        case Symbol(name=name):
            return latex_symbol(name)
        case Constant(name=name):
            return _CONSTANTS.get(name, name)
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
            return f"\\frac{{d}}{{d {latex_symbol(variable)}}}{_group(body)}"
        case Call(function=function, arguments=arguments):
            return _call(function, arguments)
    return _noun(node)


def _noun(node: Node) -> str:
    match node:
        case Series(kind=kind, index=index, lower=lower, upper=upper, body=body):
            sign = "\\sum" if kind == "sum" else "\\prod"
            bounds = f"_{{{latex_symbol(index)} = {write_latex(lower)}}}^{{{write_latex(upper)}}}"
            return f"{sign}{bounds} {_inside(body, (*FACTORS, Quotient))}"
        case Integral(variable=variable, bounds=bounds, body=body):
            ends = f"_{{{write_latex(bounds[0])}}}^{{{write_latex(bounds[1])}}}" if bounds else ""
            return f"\\int{ends} {write_latex(body)} \\, d{latex_symbol(variable)}"
        case Limit(variable=variable, point=point, side=side, body=body):
            tends = f"{latex_symbol(variable)} \\to {write_latex(point)}{f'^{{{side}}}' if side else ''}"
            return f"\\lim_{{{tends}}} {_inside(body, (*FACTORS, Quotient))}"
        case Table(rows=rows):
            inside = " \\\\ ".join(" & ".join(map(write_latex, row)) for row in rows)
            return f"\\begin{{pmatrix}}{inside}\\end{{pmatrix}}"
    raise TypeError(type(node).__name__)


def _call(function: str, arguments: tuple[Node, ...]) -> str:
    body = arguments[-1]
    if function == "sqrt":
        return f"\\sqrt{{{write_latex(body)}}}"
    if function == "abs":
        return f"\\left|{write_latex(body)}\\right|"
    if function == "log":
        return f"\\log_{{{write_latex(arguments[0])}}}{_group(body)}"
    if function == "where":
        gap, value, *rest = map(write_latex, arguments)
        others = "".join(f" \\\\ {other} & \\text{{otherwise}}" for other in rest)
        return f"\\begin{{cases}}{value} & {gap} > 0{others}\\end{{cases}}"
    if function in _BRACKETS:
        opening, closing = _BRACKETS[function]
        return f"\\left{opening}{write_latex(body)}\\right{closing}"
    if function == "binomial":
        return f"\\binom{{{write_latex(arguments[0])}}}{{{write_latex(body)}}}"
    if function in ("factorial", "transpose"):
        return f"{_base(body)}{'!' if function == 'factorial' else '^T'}"
    if function == "conjugate":
        return f"\\overline{{{write_latex(body)}}}"
    if function == "mod":
        return f"{_inside(arguments[0], FACTORS)} \\bmod {_inside(body, FACTORS)}"
    inside = ", ".join(map(write_latex, arguments))
    return f"{latex_function(function)}\\left({inside}\\right)"


def latex_function(name: str) -> str:
    """The name of a function: upright where it is known, else as a letter."""
    return _COMMANDS.get(name, f"\\operatorname{{{name}}}" if name in KNOWN else name)


def _product(factors: tuple[Node, ...]) -> str:
    text = _inside(factors[0], (*FACTORS, Quotient))
    for place, factor in enumerate(factors[1:]):
        piece = _inside(factor, (*FACTORS, Quotient))
        bare = place == 0 and (juxtaposed(factors[0], piece) or piece.startswith("\\sqrt"))
        text += piece if bare and isinstance(factors[0], Number) else f" \\cdot {piece}"
    return text


def _base(base: Node) -> str:
    text = write_latex(base)
    plain = isinstance(base, ATOMS) and not text.endswith("\\right)")  # is tg(x)^2 (tg x)^2 or tg(x^2)?
    return text if plain else _group(base)


def latex_symbol(name: str) -> str:
    """A symbol: `w12` with its index, `dL/dz` as a fraction, `alpha` as its letter."""
    quotient = _QUOTIENT.fullmatch(name)
    if quotient:
        return f"\\frac{{\\partial {latex_symbol(quotient[1])}}}{{\\partial {latex_symbol(quotient[2])}}}"
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
