"""What questions 16 and 17 share: formulas of a recurrent network whose states are numbers."""

from __future__ import annotations

from grader.comparators.matrix_formula import MatrixFormula

DEFINITIONS = {
    "a_i": "u * x_i + w * s_{i-1}",
    "s_i": "f(a_i)",
    "∂f/∂a_i": "f'(a_i)",
    "∂s_i/∂s_{i-1}": "f'(a_i) * w",
    "∂s_i/∂w_*": "f'(a_i) * s_{i-1}",
    "∂s_k/∂w": "sum(i=1..k, prod(j=i+1..k, f'(a_j) * w) * f'(a_i) * s_{i-1})",
}
W = 2
"""The weight in what is worked out by hand; question 17 goes on with the states of question 16."""


def numbers_up_to(k):
    """Formulas of the network, of which ∂s_k/∂w is asked."""
    return MatrixFormula(
        {"s_0": (1, 1)},
        scalars=("u", "w"),
        functions=("f", "f'"),
        families=dict.fromkeys(("x_i", *DEFINITIONS), (1, 1)),
        definitions=DEFINITIONS,
        asked=(f"∂s_{k}/∂w",),
    )
