"""What a formula looks like: predicates over its tree, for tasks that ask for a form and not only for a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from grader.algebra.building import add, multiply, negate, plain_number, raise_to
from grader.algebra.nodes import (
    ONE,
    ZERO,
    Call,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    has_derivative,
    number,
    subtrees,
)


def expanded(node: Node) -> bool:
    """No brackets that could be multiplied out: no product, whole power or opposite of a sum."""
    return not any(map(_opens, subtrees(node)))


def _opens(node: Node) -> bool:
    if isinstance(node, Negative):
        return isinstance(node.body, Sum)
    if isinstance(node, Product):
        return any(isinstance(_bare(factor), Sum) for factor in node.factors)
    if isinstance(node, Quotient):
        return isinstance(node.numerator, Product) and _opens(node.numerator)
    exponent = plain_number(node.exponent) if isinstance(node, Power) else None
    whole = exponent is not None and exponent.denominator == 1 and exponent > 1
    return whole and isinstance(_bare(node.base), (Sum, Product))  # type: ignore[attr-defined] # a power, then


def _bare(node: Node) -> Node:
    return node.body if isinstance(node, Negative) else node


def factored(node: Node) -> bool:
    """No sum on the outside; whether a factor could be split further is not asked."""
    return not isinstance(_bare(node), Sum)


def one_fraction(node: Node) -> bool:
    """One line of division with no other above or below it, or none at all."""
    inner = _bare(node)
    parts = (inner.numerator, inner.denominator) if isinstance(inner, Quotient) else (inner,)
    return not any(isinstance(part, Quotient) or _below(part) for whole in parts for part in subtrees(whole))


def _below(node: Node) -> bool:
    """Whether a negative power divides."""
    exponent = plain_number(node.exponent) if isinstance(node, Power) else None
    return exponent is not None and exponent < 0


def simplified(node: Node) -> bool:
    """Nothing of the routine is left: numbers worked out, like terms and powers put together, no 0 and 1."""
    return _size(node) <= _size(tidied(node))


def _size(node: Node) -> int:
    """Parts, where a number counts half and a sign not at all: −x is as simple as x, and 2x simpler than x + x."""
    return sum(
        1 if isinstance(part, Number) else 2 for part in subtrees(node) if not isinstance(part, Negative)
    )


def written_sum(node: Node) -> bool:
    """A sum with its terms or its sign of summation, not worked out."""
    inner = _bare(node)
    return isinstance(inner, Sum) or (isinstance(inner, Series) and inner.kind == "sum")


def no_derivative(node: Node) -> bool:
    """No derivative that is still to be carried out."""
    return not has_derivative(node)


def only_functions(node: Node, functions: tuple[str, ...]) -> bool:
    """No function but these; a power with a variable exponent is `exp`."""
    used = {part.function for part in subtrees(node) if isinstance(part, Call)}
    return used <= set(functions)


FORMS: Mapping[str, Callable[[Node], bool]] = MappingProxyType(
    {
        "expanded": expanded,
        "factored": factored,
        "one_fraction": one_fraction,
        "simplified": simplified,
        "sum": written_sum,
        "no_derivative": no_derivative,
    }
)
"""Name → predicate; "functions" besides takes the functions that may be used."""


def has_form(node: Node, name: str, functions: tuple[str, ...] = ()) -> bool:
    """Tell whether a formula has the form of that name. Raises `KeyError` for a name that is none."""
    return only_functions(node, functions) if name == "functions" else FORMS[name](node)


_VALUES: dict[tuple[str, Node], Node] = {
    ("ln", ONE): ZERO,
    ("sqrt", ZERO): ZERO,
    ("sqrt", ONE): ONE,
    **{(function, ZERO): ZERO for function in ("sin", "tg", "sh", "th", "arcsin", "arctg")},
    **{(function, ZERO): ONE for function in ("cos", "ch")},
}


def tidied(node: Node) -> Node:
    """The same formula after the routine: like terms and powers of one base put together, numbers worked out."""
    match node:
        case Negative(body=body):
            return negate(tidied(body))
        case Sum(terms=terms):
            return _sum(list(map(tidied, terms)))
        case Product() | Quotient():
            return _fraction(node)
        case Power(base=base, exponent=exponent):
            return _power(tidied(base), tidied(exponent))
        case Call(function=function, arguments=arguments):
            inner = tuple(map(tidied, arguments))
            return _VALUES.get((function, inner[0]), Call(function, inner))
    return node


def _sum(terms: list[Node]) -> Node:
    """Like terms together."""
    collected: dict[Node, Fraction] = {}
    for term in terms:
        for piece in term.terms if isinstance(term, Sum) else (term,):
            coefficient, rest = _coefficient(piece)
            collected[rest] = collected.get(rest, Fraction(0)) + coefficient
    return add(
        multiply((number(c), rest)) if rest != ONE else number(c) for rest, c in collected.items() if c
    )


def _coefficient(term: Node) -> tuple[Fraction, Node]:
    """A term as a number times the rest."""
    if isinstance(term, Negative):
        coefficient, rest = _coefficient(term.body)
        return -coefficient, rest
    value = plain_number(term)
    if value is not None:
        return value, ONE
    if isinstance(term, Product):
        value = plain_number(term.factors[0])
        if value is not None:
            return value, multiply(term.factors[1:])
    return Fraction(1), term


def _power(base: Node, exponent: Node) -> Node:
    inner, outer = plain_number(exponent), plain_number(base)
    if outer in (0, 1) and inner is not None and inner > 0:
        return base
    if outer is not None and inner is not None and inner.denominator == 1 and 0 <= inner <= 64:
        return number(outer ** int(inner))
    if isinstance(base, Power):
        older = plain_number(base.exponent)
        if older is not None and inner is not None and older.denominator == inner.denominator == 1:
            return raise_to(base.base, number(older * inner))
    return raise_to(base, exponent)


def _fraction(node: Node) -> Node:
    """One number, and the powers of every base put together: those with negative exponents below the line."""
    coefficient, powers = _factors(node)
    if not coefficient:
        return ZERO
    above = [_power(base, number(n)) for base, n in powers.items() if n > 0]
    below = [_power(base, number(-n)) for base, n in powers.items() if n < 0]
    over = multiply((number(abs(coefficient.numerator)), *above))
    under = multiply((number(coefficient.denominator), *below))
    whole = over if under == ONE else Quotient(over, under)
    return negate(whole) if coefficient < 0 else whole


def _factors(node: Node) -> tuple[Fraction, dict[Node, Fraction]]:
    """A product or quotient as a number and base → exponent, where exponents are numbers."""
    value = plain_number(node)
    if value is not None:
        return value, {}
    if isinstance(node, Negative):
        coefficient, powers = _factors(node.body)
        return -coefficient, powers
    if isinstance(node, Product):
        coefficient, powers = Fraction(1), {}
        for factor in node.factors:
            more, others = _factors(factor)
            coefficient *= more
            _join(powers, others, 1)
        return coefficient, powers
    if isinstance(node, Quotient):
        coefficient, powers = _factors(node.numerator)
        below, others = _factors(node.denominator)
        if not below:
            return Fraction(1), {node: Fraction(1)}
        _join(powers, others, -1)
        return coefficient / below, powers
    tidy = tidied(node)
    value = plain_number(tidy)
    if value is not None:
        return value, {}
    exponent = plain_number(tidy.exponent) if isinstance(tidy, Power) else None
    if isinstance(tidy, Power) and exponent is not None:
        return Fraction(1), {tidy.base: exponent}
    return Fraction(1), {tidy: Fraction(1)}


def _join(powers: dict[Node, Fraction], more: dict[Node, Fraction], sign: int) -> None:
    for base, exponent in more.items():
        powers[base] = powers.get(base, Fraction(0)) + sign * exponent
