"""Derivatives by rule, rightly or with rules that students get wrong.

Right: sums, products, quotients, powers u^n, a^u and u^v, and the table of elementary functions of an inner one.
Wrong rules are switches, by their names in `WRONG_RULES`; each is applied wherever its rule occurs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from grader.algebra.building import add, divide, multiply, negate, plain_number, raise_to, scale
from grader.algebra.differentiation.outer import NoRuleError, outer
from grader.algebra.differentiation.power_rules import PowerRules
from grader.algebra.differentiation.wrong_rules import WRONG_RULES, NoneAsked
from grader.algebra.nodes import (
    ONE,
    TWO,
    ZERO,
    Call,
    Constant,
    Derivative,
    E,
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
    depends,
)
from grader.algebra.replacing import replaced

Dependent = tuple[tuple[str, str], ...]
"""Pairs (symbol that depends on the variable, symbol of its derivative), for implicit differentiation."""

_ARGUMENT = "\ue0fc"
_ANGLES = frozenset({"sin", "cos", "tg", "ctg"})


def derivative(
    node: Node, variable: str, wrong: frozenset[str] = frozenset(), dependent: Dependent = ()
) -> Node:
    """Differentiate `node` by the symbol `variable`, with the rules named in `wrong` applied wrongly.

    Raises `ValueError` for a name that is no wrong rule, `NoRuleError` for a function without a right one, such as
    `floor`.
    """
    unknown = wrong.difference(WRONG_RULES)
    if unknown:
        raise ValueError(f"no wrong rules: {', '.join(sorted(unknown))}")
    result = _Rules(variable, wrong, dependent).by(node)
    if "factor_two_lost" in wrong:
        result = divide(result, TWO)
    return negate(result) if "overall_sign" in wrong else result


def primed(function: str, body: Node) -> Node:
    """Give the derivative of a known function, with as many primes as are behind its name, at `body`."""
    name = function.rstrip("'")
    slope: Node = Call(name, (Symbol(_ARGUMENT),))
    for _ in range(len(function) - len(name)):
        slope = derivative(slope, _ARGUMENT)
    return replaced(slope, {_ARGUMENT: body})


@lru_cache(maxsize=4096)  # each part once for dozens of wrong rules, most of which do not touch it
def _rightly(node: Node, variable: str, dependent: Dependent) -> tuple[Node, frozenset[object]]:
    """The right derivative of `node`, and the wrong rules that could change it."""
    none = NoneAsked()
    return _Rules(variable, none, dependent).carried_out(node), frozenset(none.asked)


@dataclass(frozen=True)
class _Rules:
    variable: str
    wrong: frozenset[str]
    dependent: Dependent

    @cached_property
    def powers(self) -> PowerRules:
        return PowerRules(self.variable, self.wrong, self.varies, self._inner, self._within)

    @cached_property
    def _constants_vary(self) -> bool:
        return "other_letters_varied" in self.wrong or "named_constants_varied" in self.wrong

    def varies(self, node: Node) -> bool:
        """Whether `node` is no constant, or is not taken for one."""
        if depends(node, self.variable) or any(depends(node, name) for name, _ in self.dependent):
            return True
        if isinstance(node, Symbol):
            return "other_letters_varied" in self.wrong
        if isinstance(node, Constant) or _is_logarithm_of_number(node):
            return "named_constants_varied" in self.wrong
        return self._constants_vary and any(map(self.varies, node.children))

    def by(self, node: Node) -> Node:
        """The derivative of `node`."""
        slope, asked = _rightly(node, self.variable, self.dependent)
        if not asked.isdisjoint(self.wrong):
            return self.carried_out(node)
        if isinstance(self.wrong, NoneAsked):
            self.wrong.asked.update(asked)
        return slope

    def carried_out(self, node: Node) -> Node:
        """The derivative of `node` by what it is, part by part."""
        if isinstance(node, Derivative):
            return self.by(derivative(node.body, node.variable))
        if not self.varies(node):
            return ZERO
        match node:
            case Symbol(name=name):
                return self._symbol(name)
            case Constant():
                return ONE
            case Negative(body=body):
                return negate(self.by(body))
            case Sum(terms=terms):
                return add(self._term(term) for term in terms)
            case Product(factors=factors):
                return self._product(factors)
            case Quotient(numerator=above, denominator=below):
                return self._quotient(above, below)
            case Power(base=base, exponent=exponent):
                return self.powers.slope(base, exponent)
            case Call(function="log", arguments=(base, body)):
                return self._logarithm(base, body)
            case Call(function=function, arguments=(body,)) if function not in ("min", "max"):
                return self._chain(function, body)
        return self._of_many(node)

    def _of_many(self, node: Node) -> Node:
        """Cases, sums and products over an index, integrals, limits and tables."""
        match node:
            case Call(function="where", arguments=(gap, *values)):
                return Call("where", (gap, *map(self.by, values)))
            case Call(function="min" | "max" as function, arguments=arguments):
                return self._extreme(function, arguments)
            case Series(index=bound) | Limit(variable=bound) if bound == self.variable:
                return ZERO
            case Series(kind="sum", index=index, lower=lower, upper=upper, body=body):
                return Series("sum", index, lower, upper, self.by(body))
            case Series(index=index, lower=lower, upper=upper, body=body):
                slope = divide(self.by(body), body)
                return multiply((node, Series("sum", index, lower, upper, slope)))
            case Integral(variable=variable, bounds=None, body=body) if variable == self.variable:
                return body
            case Integral(variable=variable, bounds=bounds, body=body):
                inside = Integral(variable, bounds, self.by(body))
                ends = [] if bounds is None else [(bounds[1], ONE), (bounds[0], negate(ONE))]
                return add(
                    [
                        inside,
                        *(
                            multiply((sign, self.by(end), replaced(body, {variable: end})))
                            for end, sign in ends
                        ),
                    ]
                )
            case Limit(variable=variable, point=point, side=side, body=body):
                return Limit(variable, point, side, self.by(body))
            case Table(rows=rows):
                return Table(tuple(tuple(map(self.by, row)) for row in rows))
        raise NoRuleError(node.function if isinstance(node, Call) else type(node).__name__)

    def _extreme(self, function: str, arguments: tuple[Node, ...]) -> Node:
        """The derivative of whichever is least or greatest."""
        if len(arguments) == 1:
            return self.by(arguments[0])
        first, rest = arguments[0], Call(function, arguments[1:])
        gap = add((first, negate(rest)) if function == "max" else (rest, negate(first)))
        return Call("where", (gap, self.by(first), self.by(rest)))

    def _symbol(self, name: str) -> Node:
        slopes = {} if "implicit_derivative_dropped" in self.wrong else dict(self.dependent)
        return Symbol(slopes[name]) if name in slopes else ONE

    def _chain(self, function: str, body: Node) -> Node:
        if function.endswith("'"):
            return self.by(primed(function, body))
        if _is_logarithm_of_number(Call(function, (body,))):
            return divide(ONE, body)
        at = self._within(body)
        if at != body:
            return outer(function, at, self.variable, self.wrong)
        outside = outer(function, self._angle(function, body), self.variable, self.wrong)
        if function == "ln" and "ln_of_inner" in self.wrong:
            return outside
        lost = function == "ln" and "inner_derivative_of_ln_lost" in self.wrong
        return scale(ONE if lost else self._inner(body), outside)

    def _angle(self, function: str, body: Node) -> Node:
        """The argument of the outer derivative."""
        if function in _ANGLES and isinstance(body, Product) and "multiple_angle_lost" in self.wrong:
            return multiply(factor for factor in body.factors if plain_number(factor) is None)
        return body

    def _within(self, body: Node) -> Node:
        """What the outer derivative is taken at."""
        simple = isinstance(body, Symbol)
        return self.by(body) if not simple and "outer_at_inner_derivative" in self.wrong else body

    def _inner(self, body: Node) -> Node:
        """The derivative of an inner function, which the chain rule multiplies with."""
        return ONE if "inner_derivative_lost" in self.wrong else self.by(body)

    def _term(self, term: Node) -> Node:
        return term if not self.varies(term) and "constant_kept" in self.wrong else self.by(term)

    def _product(self, factors: tuple[Node, ...]) -> Node:
        constant = [factor for factor in factors if not self.varies(factor)]
        varying = [factor for factor in factors if self.varies(factor)]
        if constant and "coefficient_lost" in self.wrong:
            constant = []
        if len(varying) == 1:
            added = constant and "coefficient_and_exponent_added" in self.wrong
            return self._added(constant, varying[0]) if added else multiply((*constant, self.by(varying[0])))
        if "product_of_derivatives" in self.wrong:
            return multiply((*constant, *map(self.by, varying)))
        terms = [
            multiply((*constant, *varying[:place], self.by(factor), *varying[place + 1 :]))
            for place, factor in enumerate(varying)
        ]
        if "second_product_term_lost" in self.wrong:
            return terms[0]
        if "first_product_term_lost" in self.wrong:
            return terms[-1]
        if "product_sign" in self.wrong:
            terms[1:] = [negate(term) for term in terms[1:]]
        return add(terms)

    def _added(self, constant: list[Node], factor: Node) -> Node:
        """The coefficient and the exponent added to each other, where there is an exponent."""
        if not isinstance(factor, Power) or self.varies(factor.exponent):
            return multiply((*constant, self.by(factor)))
        front = add((multiply(constant), factor.exponent))
        without_front = _Rules(self.variable, self.wrong | {"exponent_not_brought_down"}, self.dependent)
        return multiply((front, without_front.by(factor)))

    def _quotient(self, above: Node, below: Node) -> Node:
        if not self.varies(below):
            return self.by(above) if "coefficient_lost" in self.wrong else divide(self.by(above), below)
        slope_above, slope_below = self.by(above), self.by(below)
        if slope_above == ZERO and "negative_exponent_raised" in self.wrong:
            return negate(multiply((above, slope_below)))
        if self.varies(above) and "quotient_of_derivatives" in self.wrong:
            return divide(slope_above, slope_below)
        first, second = multiply((slope_above, below)), multiply((above, slope_below))
        if "quotient_swapped" in self.wrong:
            first, second = second, first
        joined = add((first, second if "quotient_sign" in self.wrong else negate(second)))
        unsquared = "quotient_denominator_not_squared" in self.wrong
        return divide(joined, below if unsquared else raise_to(below, TWO))

    def _logarithm(self, base: Node, body: Node) -> Node:
        """The derivative of log_a u; a base that varies makes it a quotient of logarithms."""
        natural = Call("ln", (body,))
        if self.varies(base):
            return self._quotient(natural, Call("ln", (base,)))
        if "log_base_lost" in self.wrong:
            return self.by(natural)
        if "ln_of_inner" in self.wrong:
            return divide(ONE, multiply((Symbol(self.variable), Call("ln", (base,)))))
        at = self._within(body)
        lost = at != body or "inner_derivative_of_ln_lost" in self.wrong
        return divide(ONE if lost else self._inner(body), multiply((at, Call("ln", (base,)))))


def _is_logarithm_of_number(node: Node) -> bool:
    if not isinstance(node, Call) or node.function != "ln":
        return False
    return isinstance(node.arguments[0], Number) or node.arguments[0] == E
