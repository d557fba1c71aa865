"""The derivatives of powers: u^n, a^u and u^v, rightly or wrongly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from grader.algebra.building import add, decrement, divide, multiply, negate, plain_number, raise_to
from grader.algebra.nodes import ONE, TWO, Call, E, Node, Power

POWER_RULES: tuple[str, ...] = (
    "power_rule_for_f_to_g",  # (u^v)′ = v·u^(v−1)·u′
    "exponential_rule_for_f_to_g",  # (u^v)′ = u^v·ln u·v′
    "power_rule_for_exponential",  # (a^u)′ = u·a^(u−1)
    "power_rule_with_inner_for_exponential",  # (a^u)′ = u·a^(u−1)·u′
    "ln_a_lost",  # (a^u)′ = a^u·u′
    "exponent_not_decremented",  # (u^n)′ = n·u^n·u′
    "exponent_not_brought_down",  # (u^n)′ = u^(n−1)·u′
    "exponent_incremented",  # (u^n)′ = n·u^(n+1)·u′
    "negative_exponent_raised",  # (u^(−n))′ = −n·u^(−n+1)·u′, and with it (1/u)′ = −u′
    "integrated_instead",  # (u^n)′ = u^(n+1)/(n+1)·u′, (a^u)′ = a^u/ln a·u′
    "inner_derivative_of_power_lost",  # (u^n)′ = n·u^(n−1)
    "double_angle",  # (sin² u)′ = 2sin 2u·u′, (cos² u)′ = −2sin 2u·u′
)


@dataclass(frozen=True)
class PowerRules:
    """How powers are differentiated.

    varies(u)   whether u is no constant
    inner(u)    the derivative of u, as the chain rule multiplies with it
    within(u)   what stands where the outer function is taken
    """

    variable: str
    wrong: frozenset[str]
    varies: Callable[[Node], bool]
    inner: Callable[[Node], Node]
    within: Callable[[Node], Node]

    def slope(self, base: Node, exponent: Node) -> Node:
        """The derivative of a power in which something varies."""
        if not self.varies(exponent):
            return self.of_base(base, exponent)
        if base == E or not self.varies(base):
            return self._of_exponent(base, exponent)
        if "power_rule_for_f_to_g" in self.wrong:
            return self.of_base(base, exponent)
        if "exponential_rule_for_f_to_g" in self.wrong:
            return self._of_exponent(base, exponent)
        by_exponent = multiply((self.inner(exponent), Power(base, exponent), Call("ln", (base,))))
        by_base = multiply((exponent, raise_to(base, decrement(exponent)), self.inner(base)))
        return add((by_base, by_exponent))

    def of_base(self, base: Node, exponent: Node) -> Node:
        """The power rule."""
        inner = ONE if "inner_derivative_of_power_lost" in self.wrong else self.inner(base)
        if exponent == TWO and isinstance(base, Call) and "double_angle" in self.wrong:
            squared = self._double_angle(base)
            if squared is not None:
                return multiply((squared, *map(self.inner, base.arguments)))
        at = self.within(base)
        if at != base:
            inner = ONE
        higher = add((exponent, ONE))
        if "integrated_instead" in self.wrong and plain_number(higher) != 0:
            return divide(multiply((raise_to(at, higher), inner)), higher)
        front = () if "exponent_not_brought_down" in self.wrong else (exponent,)
        return multiply((*front, raise_to(at, self._lowered(exponent)), inner))

    def _lowered(self, exponent: Node) -> Node:
        if "exponent_not_decremented" in self.wrong:
            return exponent
        value = plain_number(exponent)
        raised = value is not None and value < 0 and "negative_exponent_raised" in self.wrong
        if raised or "exponent_incremented" in self.wrong:
            return add((exponent, ONE))
        return decrement(exponent)

    def _double_angle(self, base: Call) -> Node | None:
        """2 sin u cos u, taken for two sines of the double angle."""
        slope = multiply((TWO, Call("sin", (multiply((TWO, *base.arguments)),))))
        return {"sin": slope, "cos": negate(slope)}.get(base.function)

    def _of_exponent(self, base: Node, exponent: Node) -> Node:
        """The exponential rule."""
        as_power = (exponent, raise_to(base, decrement(exponent)))
        if "power_rule_for_exponential" in self.wrong:
            return multiply(as_power)
        if "power_rule_with_inner_for_exponential" in self.wrong:
            return multiply((*as_power, self.inner(exponent)))
        at = self.within(exponent)
        inner = self.inner(exponent) if at == exponent else ONE
        plain = base == E or "ln_a_lost" in self.wrong
        if plain:
            return multiply((inner, Power(base, at)))
        logarithm = Call("ln", (base,))
        if "integrated_instead" in self.wrong:
            return divide(multiply((inner, Power(base, at))), logarithm)
        return multiply((inner, Power(base, at), logarithm))
