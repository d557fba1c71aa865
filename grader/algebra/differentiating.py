"""Derivatives by rule, rightly or with rules that students get wrong.

Right: sums, products, quotients, powers u^n, a^u and u^v, and the table of elementary functions of an inner one.
Wrong rules are switches, by their names in `WRONG_RULES`; each is applied wherever its rule occurs.
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.algebra.building import add, decrement, divide, multiply, negate, raise_to, scale
from grader.algebra.nodes import (
    ONE,
    TWO,
    ZERO,
    Call,
    Derivative,
    E,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    depends,
)
from grader.algebra.outer import OUTER_RULES, outer

WRONG_RULES: tuple[str, ...] = (
    "inner_derivative_lost",  # (f(u))′ = f′(u)
    "product_of_derivatives",  # (uv)′ = u′v′
    "second_product_term_lost",  # (uv)′ = u′v
    "product_sign",  # (uv)′ = u′v − uv′
    "quotient_of_derivatives",  # (u/v)′ = u′/v′
    "quotient_sign",  # (u/v)′ = (u′v + uv′)/v²
    "quotient_swapped",  # (u/v)′ = (uv′ − u′v)/v²
    "quotient_denominator_not_squared",  # (u/v)′ = (u′v − uv′)/v
    "power_rule_for_f_to_g",  # (u^v)′ = v·u^(v−1)·u′
    "exponential_rule_for_f_to_g",  # (u^v)′ = u^v·ln u·v′
    "power_rule_for_exponential",  # (a^u)′ = u·a^(u−1)
    "ln_a_lost",  # (a^u)′ = a^u·u′
    "exponent_not_decremented",  # (u^n)′ = n·u^n·u′
    "exponent_not_brought_down",  # (u^n)′ = u^(n−1)·u′
    "coefficient_lost",  # (cu)′ = u′
    "constant_kept",  # (u + c)′ = u′ + c
    *OUTER_RULES,
    "overall_sign",  # −f′
)


def derivative(node: Node, variable: str, wrong: frozenset[str] = frozenset()) -> Node:
    """Differentiate `node` by the symbol `variable`, with the rules named in `wrong` applied wrongly.

    Raises `ValueError` for a name that is no wrong rule.
    """
    unknown = wrong.difference(WRONG_RULES)
    if unknown:
        raise ValueError(f"no wrong rules: {', '.join(sorted(unknown))}")
    result = _Rules(variable, wrong).by(node)
    return negate(result) if "overall_sign" in wrong else result


@dataclass(frozen=True)
class _Rules:
    variable: str
    wrong: frozenset[str]

    def by(self, node: Node) -> Node:
        """The derivative of `node`."""
        if isinstance(node, Symbol):
            return ONE if node.name == self.variable else ZERO
        if isinstance(node, Derivative):
            return self.by(derivative(node.body, node.variable))
        if not depends(node, self.variable):
            return ZERO
        match node:
            case Negative(body=body):
                return negate(self.by(body))
            case Sum(terms=terms):
                return add(self._term(term) for term in terms)
            case Product(factors=factors):
                return self._product(factors)
            case Quotient(numerator=above, denominator=below):
                return self._quotient(above, below)
            case Power(base=base, exponent=exponent):
                return self._power(base, exponent)
            case Call(function="log", arguments=(base, body)):
                return self._logarithm(base, body)
            case Call(function=function, arguments=(body,)):
                return self._chain(function, body)
        raise TypeError(type(node).__name__)

    def _chain(self, function: str, body: Node) -> Node:
        outside = outer(function, body, self.variable, self.wrong)
        if function == "ln" and "ln_of_inner" in self.wrong:
            return outside
        return scale(self._inner(body), outside)

    def _inner(self, body: Node) -> Node:
        """The derivative of an inner function, which the chain rule multiplies with."""
        return ONE if "inner_derivative_lost" in self.wrong else self.by(body)

    def _term(self, term: Node) -> Node:
        kept = "constant_kept" in self.wrong and not depends(term, self.variable)
        return term if kept else self.by(term)

    def _product(self, factors: tuple[Node, ...]) -> Node:
        constant = [factor for factor in factors if not depends(factor, self.variable)]
        varying = [factor for factor in factors if depends(factor, self.variable)]
        if "coefficient_lost" in self.wrong:
            constant = []
        if len(varying) == 1:
            return multiply((*constant, self.by(varying[0])))
        if "product_of_derivatives" in self.wrong:
            return multiply((*constant, *map(self.by, varying)))
        terms = [
            multiply((*constant, *varying[:place], self.by(factor), *varying[place + 1 :]))
            for place, factor in enumerate(varying)
        ]
        if "second_product_term_lost" in self.wrong:
            return terms[0]
        if "product_sign" in self.wrong:
            terms[1:] = [negate(term) for term in terms[1:]]
        return add(terms)

    def _quotient(self, above: Node, below: Node) -> Node:
        if not depends(below, self.variable):
            return self.by(above) if "coefficient_lost" in self.wrong else divide(self.by(above), below)
        slope_above, slope_below = self.by(above), self.by(below)
        if "quotient_of_derivatives" in self.wrong and depends(above, self.variable):
            return divide(slope_above, slope_below)
        first, second = multiply((slope_above, below)), multiply((above, slope_below))
        if "quotient_swapped" in self.wrong:
            first, second = second, first
        joined = add((first, second if "quotient_sign" in self.wrong else negate(second)))
        unsquared = "quotient_denominator_not_squared" in self.wrong
        return divide(joined, below if unsquared else raise_to(below, TWO))

    def _power(self, base: Node, exponent: Node) -> Node:
        if not depends(exponent, self.variable):
            return self._power_rule(base, exponent)
        if not depends(base, self.variable):
            return self._exponential_rule(base, exponent)
        if "power_rule_for_f_to_g" in self.wrong:
            return self._power_rule(base, exponent)
        if "exponential_rule_for_f_to_g" in self.wrong:
            return self._exponential_rule(base, exponent)
        logarithm = Call("ln", (base,))
        by_exponent = multiply((self._inner(exponent), Power(base, exponent), logarithm))
        by_base = multiply((exponent, raise_to(base, decrement(exponent)), self._inner(base)))
        return add((by_base, by_exponent))

    def _power_rule(self, base: Node, exponent: Node) -> Node:
        lower = exponent if "exponent_not_decremented" in self.wrong else decrement(exponent)
        front = () if "exponent_not_brought_down" in self.wrong else (exponent,)
        return multiply((*front, raise_to(base, lower), self._inner(base)))

    def _exponential_rule(self, base: Node, exponent: Node) -> Node:
        if "power_rule_for_exponential" in self.wrong:
            return multiply((exponent, raise_to(base, decrement(exponent))))
        plain = base == E or "ln_a_lost" in self.wrong
        front = () if plain else (Call("ln", (base,)),)
        return multiply((self._inner(exponent), Power(base, exponent), *front))

    def _logarithm(self, base: Node, body: Node) -> Node:
        """The derivative of log_a u; a base that varies makes it a quotient of logarithms."""
        natural = Call("ln", (body,))
        if depends(base, self.variable):
            return self._quotient(natural, Call("ln", (base,)))
        if "log_base_lost" in self.wrong:
            return self.by(natural)
        if "ln_of_inner" in self.wrong:
            return divide(ONE, multiply((Symbol(self.variable), Call("ln", (base,)))))
        return divide(self._inner(body), multiply((body, Call("ln", (base,)))))
