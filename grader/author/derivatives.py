"""Wrong rules of differentiation as slips: an author names none of them.

    answer = Answer("answer", 3, Formula(("x", "y")), slips=derivative_slips())

    @answer.oracle
    def right(f, variable, **rules):
        return differentiated(f, variable, ("x", "y"), rules)

The commoner mistakes come first. Where two rules give the same function of what was dealt, the better paid is named,
and of equally paid ones the commoner; one rule is believed before two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from grader.algebra.differentiation.differentiating import Dependent, derivative
from grader.algebra.names import Symbols
from grader.algebra.nodes import Node
from grader.algebra.reader.known_texts import write_known
from grader.algebra.reader.reading import read
from grader.author.parts import Credit, Slip

DERIVATIVE_RULES: Mapping[str, Slip] = MappingProxyType(
    {
        # signs in the table
        "sin_sign": Slip("1/2", "The sign is wrong: (sin U)′ = cos U·U′."),
        "cos_sign": Slip("1/2", "The sign is wrong: (cos U)′ = −sin U·U′."),
        "tan_like_sign": Slip("1/2", "The sign is wrong: (tg U)′ = U′/cos² U, (th U)′ = U′/ch² U."),
        "ctg_sign": Slip("1/2", "The sign is wrong: (ctg U)′ = −U′/sin² U, (cth U)′ = −U′/sh² U."),
        "arcsin_sign": Slip("1/2", "The sign is wrong: (arcsin U)′ = U′/√(1 − U²)."),
        "arccos_sign": Slip("1/2", "The sign is wrong: (arccos U)′ = −U′/√(1 − U²)."),
        "arctg_sign": Slip("1/2", "The sign is wrong: (arctg U)′ = U′/(1 + U²)."),
        "arcctg_sign": Slip("1/2", "The sign is wrong: (arcctg U)′ = −U′/(1 + U²)."),
        "ch_sign": Slip("1/2", "The sign is wrong: (ch U)′ = sh U·U′, unlike the cosine."),
        # inner functions
        "inner_derivative_lost": Slip(
            "1/4", "You lost the derivative of an inner function: (f(U))′ = f′(U)·U′."
        ),
        "inner_derivative_of_power_lost": Slip(
            "1/4", "In the power rule the derivative of the base is lost: (U^n)′ = n·U^(n−1)·U′."
        ),
        "inner_derivative_of_ln_lost": Slip(
            "1/4", "The derivative of the logarithm's argument is lost: (ln U)′ = U′/U."
        ),
        "coefficient_lost": Slip("1/4", "A constant factor is lost: (c·U)′ = c·U′."),
        "constant_kept": Slip(
            "1/4",
            "A term that does not depend on the variable stayed in the derivative: "
            "it is a constant here, and its derivative is 0.",
        ),
        # products and quotients
        "product_of_derivatives": Slip(
            0, "You multiplied the derivatives of the factors; but (UV)′ = U′V + UV′."
        ),
        "second_product_term_lost": Slip(
            "1/4", "In the product rule only one term is left: (UV)′ = U′V + UV′."
        ),
        "first_product_term_lost": Slip(
            "1/4", "In the product rule the first term is missing: (UV)′ = U′V + UV′."
        ),
        "product_sign": Slip("1/2", "The product rule adds its terms: (UV)′ = U′V + UV′; you subtracted."),
        "quotient_of_derivatives": Slip(
            0, "You divided the derivatives by each other; but (U/V)′ = (U′V − UV′)/V²."
        ),
        "quotient_sign": Slip("1/2", "The quotient rule subtracts: (U/V)′ = (U′V − UV′)/V²; you added."),
        "quotient_swapped": Slip(
            "1/2", "The terms above the line of the quotient rule are swapped: (U/V)′ = (U′V − UV′)/V²."
        ),
        "quotient_denominator_not_squared": Slip(
            "1/2", "In the quotient rule the denominator is squared: (U/V)′ = (U′V − UV′)/V²."
        ),
        # powers and exponentials
        "power_rule_for_f_to_g": Slip(
            "1/4",
            "You used the power rule, as if the exponent were constant; here base and exponent both depend on "
            "the variable: (U^V)′ = U^V·(V′·ln U + V·U′/U).",
        ),
        "exponential_rule_for_f_to_g": Slip(
            "1/4",
            "You used the exponential rule, as if the base were constant; here base and exponent both depend "
            "on the variable: (U^V)′ = U^V·(V′·ln U + V·U′/U).",
        ),
        "power_rule_for_exponential": Slip(
            0,
            "You used the power rule on an exponential function; "
            "but (a^U)′ = a^U·ln a·U′, and (e^U)′ = e^U·U′.",
        ),
        "power_rule_with_inner_for_exponential": Slip(
            0,
            "You brought the exponent of an exponential function down, as in the power rule; "
            "but (a^U)′ = a^U·ln a·U′, and (e^U)′ = e^U·U′.",
        ),
        "ln_a_lost": Slip("1/2", "The factor ln a is lost: (a^U)′ = a^U·ln a·U′."),
        "exponent_not_decremented": Slip("1/4", "The exponent must go down by one: (U^n)′ = n·U^(n−1)·U′."),
        "exponent_not_brought_down": Slip(
            "1/4", "The exponent is missing as a factor: (U^n)′ = n·U^(n−1)·U′."
        ),
        "exponent_incremented": Slip(
            "1/4", "The exponent goes down by one, and you raised it: (U^n)′ = n·U^(n−1)·U′."
        ),
        "negative_exponent_raised": Slip(
            "1/4",
            "A negative exponent goes down by one, too, away from zero: (U^(−n))′ = −n·U^(−n−1)·U′, "
            "and so (1/U)′ = −U′/U².",
        ),
        "integrated_instead": Slip(
            0, "You integrated a power or an exponential function where it should be differentiated."
        ),
        "coefficient_and_exponent_added": Slip(
            "1/4",
            "The coefficient is multiplied with the exponent, not added to it: (c·U^n)′ = c·n·U^(n−1)·U′.",
        ),
        # roots and logarithms
        "sqrt_half_lost": Slip("1/2", "The 2 below the line is lost: (√U)′ = U′/(2√U)."),
        "sqrt_power_kept": Slip("1/4", "The root belongs below the line: (√U)′ = U′/(2√U)."),
        "ln_of_inner": Slip(
            0, "For the derivative of a logarithm you wrote one over the variable; but (ln U)′ = U′/U."
        ),
        "ln_not_inverted": Slip(
            "1/4", "You divided by the logarithm instead of its argument: (ln U)′ = U′/U."
        ),
        "log_base_lost": Slip("1/2", "The base of the logarithm is lost: (log_a U)′ = U′/(U·ln a)."),
        # the table of functions
        "tan_slope_not_squared": Slip(
            "1/4",
            "The square below the line is lost: (tg U)′ = U′/cos² U, (ctg U)′ = −U′/sin² U, "
            "(th U)′ = U′/ch² U, (cth U)′ = −U′/sh² U.",
        ),
        "arctg_minus_below": Slip(
            "1/2", "Below the line of the arctangent's derivative stands a plus: (arctg U)′ = U′/(1 + U²)."
        ),
        "arcsin_plus_below": Slip(
            "1/2", "Under the root of the arcsine's derivative stands a minus: (arcsin U)′ = U′/√(1 − U²)."
        ),
        "th_not_squared": Slip("1/4", "The hyperbolic tangent is squared: (th U)′ = (1 − th² U)·U′."),
        "th_as_sigmoid": Slip(
            "1/4",
            "You took the derivative of the sigmoid for that of the hyperbolic tangent: "
            "(th U)′ = (1 − th² U)·U′, and σ′(U) = σ(U)·(1 − σ(U))·U′.",
        ),
        "sigmoid_of_argument": Slip(
            "1/4",
            "The second factor is one minus the sigmoid, not minus its argument: σ′(U) = σ(U)·(1 − σ(U))·U′.",
        ),
        "slope_of_argument": Slip(
            "1/4",
            "You put the argument where the value of the activation belongs: "
            "σ′(U) = σ(U)·(1 − σ(U))·U′, (th U)′ = (1 − th² U)·U′.",
        ),
        "double_angle": Slip(
            "1/4", "2 sin U·cos U is sin 2U, not 2 sin 2U: (sin² U)′ = sin 2U·U′, (cos² U)′ = −sin 2U·U′."
        ),
        "multiple_angle_lost": Slip(
            "1/4", "The argument of the outer function stays as it is: (sin nU)′ = n·cos nU·U′."
        ),
        "outer_at_inner_derivative": Slip(
            0,
            "You took the outer derivative at the derivative of the inner function; but (f(U))′ = f′(U)·U′.",
        ),
        # what is held constant
        "other_letters_varied": Slip(
            "1/4",
            "The other letters are constants here: their derivative is 0, and you differentiated them, too.",
        ),
        "named_constants_varied": Slip(
            "1/4", "π, e and the logarithm of a number are constants: their derivative is 0."
        ),
        "implicit_derivative_dropped": Slip(
            "1/4",
            "A function that depends on the variable brings its own derivative: (U(y))′ = U′(y)·y′; "
            "the factor y′ is lost.",
        ),
        # what explains least is believed last, and so pays no more than the loss of a coefficient or an exponent
        "factor_two_lost": Slip("1/4", "A factor 2 is lost: your derivative is half the right one."),
        "overall_sign": Slip("1/2", "The whole derivative has the wrong sign."),
    }
)
"""Wrong rule → its credit, where an author gives no other, and its sentence; the commoner first."""


def derivative_slips(
    *rules: str, without: Iterable[str] = (), credits_: Mapping[str, Credit] | None = None
) -> dict[str, dict[Any, Slip | None]]:
    """Slips for an `Answer`: a switch for each of `rules`, or for all of them; `credits_` replaces credits.

    Raises `ValueError` for a name that is no wrong rule.
    """
    chosen = dict.fromkeys(rules or DERIVATIVE_RULES)
    given = dict(credits_ or {})
    unknown = sorted({*chosen, *without, *given} - set(DERIVATIVE_RULES))
    if unknown:
        raise ValueError(f"no wrong rules of differentiation: {', '.join(unknown)}")
    kept = {
        rule: Slip(given.get(rule, slip.credit), slip.says)
        for rule, slip in DERIVATIVE_RULES.items()
        if rule in chosen and rule not in set(without)
    }
    return {rule: {False: None, True: slip} for rule, slip in kept.items()}


def differentiated(
    f: str,
    variable: str,
    letters: tuple[str, ...],
    rules: Mapping[str, Any] = MappingProxyType({}),
    dependent: Dependent = (),
) -> str:
    """The derivative of `f` by `variable` as plain text, by the wrong rules that are on in `rules`.

    What else is in `rules` is left alone, so that an oracle may hand over all its keywords. A rule that changes
    nothing in `f` gives the same text as none. Raises `Unreadable` where `f` cannot be read.
    """
    wrong = (rule for rule, on in rules.items() if on is True and rule in DERIVATIVE_RULES)
    at_work = frozenset(rule for rule in wrong if _is_at_work(rule, f, variable, letters, dependent))
    return _differentiated(f, variable, letters, at_work, dependent)


def rules_at_work(
    f: str, variable: str, letters: tuple[str, ...], dependent: Dependent = ()
) -> frozenset[str]:
    """Wrong rules that change anything in `f`; all others can be left out, singly and in pairs."""
    return frozenset(rule for rule in DERIVATIVE_RULES if _is_at_work(rule, f, variable, letters, dependent))


@lru_cache(maxsize=4096)
def _differentiated(
    f: str, variable: str, letters: tuple[str, ...], wrong: frozenset[str], dependent: Dependent
) -> str:
    return write_known(_derived(f, variable, letters, wrong, dependent), letters)


@lru_cache(maxsize=4096)
def _is_at_work(rule: str, f: str, variable: str, letters: tuple[str, ...], dependent: Dependent) -> bool:
    right = _derived(f, variable, letters, frozenset(), dependent)
    return _derived(f, variable, letters, frozenset({rule}), dependent) != right


@lru_cache(maxsize=512)
def _derived(
    f: str, variable: str, letters: tuple[str, ...], wrong: frozenset[str], dependent: Dependent
) -> Node:
    return derivative(_tree(f, letters), variable, wrong, dependent)


@lru_cache(maxsize=512)
def _tree(f: str, letters: tuple[str, ...]) -> Node:
    return read(f, Symbols(letters))
