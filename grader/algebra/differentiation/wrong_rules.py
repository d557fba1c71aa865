"""Rules of differentiation that students get wrong.

Most of them are described by Siyepu (2015, Int. J. STEM Education 2:16), Luneta and Makonye (2010, ERIC EJ1056125),
and in AIP Conf. Proc. 1974, 050009; `grader.author.derivatives` has their sentences.
"""

from __future__ import annotations

from grader.algebra.differentiation.outer import OUTER_RULES
from grader.algebra.differentiation.power_rules import POWER_RULES

WRONG_RULES: tuple[str, ...] = (
    "inner_derivative_lost",  # (f(u))′ = f′(u)
    "inner_derivative_of_ln_lost",  # (ln u)′ = 1/u
    "outer_at_inner_derivative",  # (f(u))′ = f′(u′)
    "product_of_derivatives",  # (uv)′ = u′v′
    "second_product_term_lost",  # (uv)′ = u′v
    "first_product_term_lost",  # (uv)′ = uv′
    "product_sign",  # (uv)′ = u′v − uv′
    "quotient_of_derivatives",  # (u/v)′ = u′/v′
    "quotient_sign",  # (u/v)′ = (u′v + uv′)/v²
    "quotient_swapped",  # (u/v)′ = (uv′ − u′v)/v²
    "quotient_denominator_not_squared",  # (u/v)′ = (u′v − uv′)/v
    *POWER_RULES,
    "coefficient_lost",  # (cu)′ = u′
    "coefficient_and_exponent_added",  # (c·u^n)′ = (c + n)·u^(n−1)·u′
    "constant_kept",  # (u + c)′ = u′ + c
    "other_letters_varied",  # a′ = 1 for every other letter
    "named_constants_varied",  # (π²)′ = 2π, (ln 3)′ = 1/3
    "implicit_derivative_dropped",  # (y²)′ = 2y where y depends on x
    *OUTER_RULES,
    "multiple_angle_lost",  # (sin nu)′ = n·cos u·u′
    "factor_two_lost",  # f′/2
    "overall_sign",  # −f′
)


class NoneAsked(frozenset[str]):
    """No wrong rule, and a record of those that were asked for: with any other the derivative is the same."""

    def __init__(self) -> None:
        self.asked: set[object] = set()

    def __contains__(self, rule: object) -> bool:
        self.asked.add(rule)
        return False
