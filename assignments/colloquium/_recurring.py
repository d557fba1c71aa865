"""What questions 16 and 17 share: formulas of a recurrent network whose states are numbers."""

from __future__ import annotations

from itertools import pairwise

from grader.comparators.matrix_formula import MatrixFormula
from reference.recurrent import SLOPE

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


def slope(s):
    """f′ of the leaky ReLU, from the state."""
    return 1 if s > 0 else SLOPE


def last_step(states):
    """∂s_T/∂w of a student who holds s_{T−1} constant."""
    return slope(states[-1]) * states[-2]


def without_slopes(states):
    """∂s_T/∂w of a student who forgets f′."""
    derivative = 0
    for s in states[:-1]:
        derivative = s + W * derivative
    return derivative


def without_weights(states):
    """∂s_T/∂w of a student who forgets w."""
    derivative = 0
    for before, s in pairwise(states):
        derivative = slope(s) * (before + derivative)
    return derivative


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
