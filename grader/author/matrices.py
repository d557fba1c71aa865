"""Wrong rules of matrix formulas as slips: an author names those that may be met, and writes none of the formulas.

    formulas = MatrixFormula({"X": ("N", "n"), "W": ("n", "m"), "dZ": ("N", "m")})
    formula_dW = Answer("formula_dW", 1, formulas, slips=matrix_slips("mean", "transpose", "layout", "order"))

    @formula_dW.oracle
    def right(**rules):
        return miswritten("X.T @ dZ", formulas, rules)

The commoner and simpler mistakes come first. Where two rules give the same formula, the better paid is named, and of
equally paid ones the first; one rule is believed before two.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from grader.algebra.matrices.mistakes import wrong_formulas
from grader.author.parts import Credit, Slip
from grader.comparators.matrix_formula import MatrixFormula

MATRIX_SLIPS: Mapping[str, Slip] = MappingProxyType(
    {
        # signs and factors
        "sign": Slip("1/2", "A sign is wrong."),
        "factor": Slip("1/2", "A constant factor is lost, or there is one too many."),
        "mean": Slip(
            "1/2", "You divided by the number of examples; the loss is a sum here, and so is its gradient."
        ),
        "mean_twice": Slip("1/2", "You divided by the number of examples twice; the loss is averaged once."),
        "sum": Slip(
            "1/2",
            "You did not divide by the number of examples; the loss is a mean here, and so is its gradient.",
        ),
        # matrices
        "transpose": Slip(
            "1/2",
            "A transpose is missing or stands on the wrong factor. Compare the shapes; "
            "where they agree by chance, write down one entry of the result as a sum.",
        ),
        "transpose_moved": Slip(
            "1/2", "The transpose stands on the wrong factor. Write down one entry of the result as a sum."
        ),
        "layout": Slip(
            "1/2",
            "Your matrix is the transpose of the right one: a gradient has the shape of what it is taken by.",
        ),
        "order": Slip(
            "1/4",
            "The factors stand in the wrong order: a product of matrices does not commute. Compare the shapes.",
        ),
        "product": Slip(0, "You multiplied element by element where matrices are multiplied, row by column."),
        "elements": Slip(
            "1/4", "You multiplied matrices row by column where the product is taken element by element."
        ),
        "symmetric": Slip(
            "1/4",
            "You wrote 2A for A + Aᵀ; that holds for a symmetric matrix only, and this one need not be one.",
        ),
        # sums over axes
        "unsummed": Slip(
            "1/4",
            "The sum over the examples is missing: a bias is one for all of them, and so its gradients are added.",
        ),
        "axis": Slip(
            "1/4", "You summed over the wrong axis: the sum runs over the examples, not over the neurons."
        ),
        # activations
        "activation_lost": Slip(
            "1/4", "The derivative of the activation is lost: by the chain rule it is a factor."
        ),
        "activation_argument": Slip(
            "1/4",
            "The derivative of the activation is taken at the wrong argument: it belongs where the activation "
            "itself was taken, before it and not behind it.",
        ),
        "activation_itself": Slip(
            "1/4", "You multiplied by the activation itself; by the chain rule its derivative belongs there."
        ),
        "preactivation": Slip(
            "1/4", "You took a value before the activation where the one behind it belongs."
        ),
        "softmax_diagonal": Slip(
            "1/4",
            "Every output of softmax depends on every input: its Jacobian diag(p) − p pᵀ is not diagonal.",
        ),
        # sums over time, or over parts of a loss
        "last_term_only": Slip(
            "1/4",
            "Only the last term is left, as if what stands before did not depend on the weights; "
            "by the product rule there is a term for every step.",
        ),
        "last_term_lost": Slip(
            "1/4", "The last term is missing: the immediate derivative, with everything before held constant."
        ),
        "first_term_only": Slip("1/4", "Only the longest term is left; there is one for every step."),
        "first_term_lost": Slip(
            "1/4", "The longest term is missing, the one that goes back to the first step."
        ),
        "term_lost": Slip("1/4", "A term of the sum is missing."),
        "product_short": Slip("1/4", "A product of derivatives is one factor too short."),
        "product_long": Slip("1/4", "A product of derivatives is one factor too long."),
        "reversed": Slip(
            "1/4",
            "The Jacobians stand in the reversed order: by the chain rule the latest stands on the left.",
        ),
        "total_for_immediate": Slip(
            "1/4",
            "In the sum stand total derivatives; those before are then counted more than once. "
            "It takes the immediate ones, with the earlier state held constant.",
        ),
        "index_shifted": Slip("1/4", "An index is off by one."),
        # what explains least is believed last
        "symbol": Slip(0, "One matrix stands where another belongs."),
    }
)
"""Wrong rule → its credit, where an author gives no other, and its sentence; the simpler first."""

SWITCH = "wrong_"


def matrix_slips(*rules: str, **credits_: Credit) -> dict[str, dict[Any, Slip | None]]:
    """Slips for an `Answer`: a switch `wrong_<rule>` for each of `rules`, and of `credits_` with that credit.

    All rules where none is named. Raises `ValueError` for a name that is no wrong rule.
    """
    chosen = {*rules, *credits_} or set(MATRIX_SLIPS)
    unknown = sorted(chosen - set(MATRIX_SLIPS))
    if unknown:
        raise ValueError(f"no wrong rules of matrix formulas: {', '.join(unknown)}")
    return {
        f"{SWITCH}{rule}": {False: None, True: Slip(credits_.get(rule, slip.credit), slip.says)}
        for rule, slip in MATRIX_SLIPS.items()
        if rule in chosen
    }


def miswritten(
    text: str | tuple[str, ...], formulas: MatrixFormula, rules: Mapping[str, Any] = MappingProxyType({})
) -> str | tuple[str, ...]:
    """The formula `text`, or all those to which the wrong rules lead that are on in `rules`.

    Several texts are one formula in several forms, such as with brackets and without: mistakes are made in any.
    What else is in `rules` is left alone, so that an oracle may hand over all its keywords. A rule that finds
    nothing to apply to changes nothing. Raises `ValueError` where `text` cannot be read.
    """
    on = tuple(rule for rule in MATRIX_SLIPS if rules.get(f"{SWITCH}{rule}") is True)
    texts = text if isinstance(text, tuple) else (text,)
    wrong = (other for one in texts for other in wrong_formulas(one, formulas.known, on)) if on else ()
    return tuple(dict.fromkeys(wrong)) or texts[0]
