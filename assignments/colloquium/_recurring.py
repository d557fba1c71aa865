"""What questions 16 and 17 share, formulas of a recurrent network whose states are numbers; tables of question 16."""

from __future__ import annotations

from itertools import pairwise

from grader.author import Slip
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
STATE = {
    "recurrent": {
        "W": None,
        "transposed": Slip("1/2", r"You multiplied by $W^T$; the state before is multiplied by $W$ itself."),
        "lost": Slip(
            "1/4",
            r"The state before is lost: $s_t$ depends on $s_{t-1}$, that is the memory of the network.",
        ),
        "first": Slip("1/4", "Every step goes on from $s_0$; it has to go on from the state before."),
    },
    "activation": {
        "kept": None,
        "lost": Slip("1/4", r"The activation is lost: the state is $f(a_t)$, not $a_t$ itself."),
    },
    "start": {
        "given": None,
        "zero": Slip("1/2", "You began with a state of zeros; the first state is given."),
    },
}
OUTPUT = {
    "softmax": {
        "words": None,
        "time": Slip(
            "1/4",
            "You took softmax over time; the outputs of one step have to sum to 1, not those of one neuron.",
        ),
        "lost": Slip("1/4", "Softmax is lost: the outputs are probabilities, not scores."),
    },
    "read": {
        "state": None,
        "before": Slip(
            "1/4", r"The output of a step is read off the state *before* it: $o_t$ belongs to $s_t$."
        ),
    },
}
STATEMENTS = {
    "memory": r"$W s_{t-1}$ carries on what was read before: the state is the memory of the network.",
    "same": r"$U$, $W$ and $V$ are the same in every step, so that a text may be of any length.",
    "next": r"In a language model $o_t$ is read as the distribution of the next word, given those so far.",
    "window": "The output of a step depends on the last two words only.",
    "of_its_own": "Every step has matrices of its own, which are learned apart.",
}
TRUE = ("memory", "same", "next")
ALSO = {
    "also": {
        None: None,
        "window": Slip(
            "1/2",
            "The state before depends on the one before it, and so on: all words that were read take part.",
        ),
        "of_its_own": Slip(
            "1/2", "The network works alike for every element; the same matrices stand in every step."
        ),
    },
    "without": {
        None: None,
        "memory": Slip("1/2", "Without $W s_{t-1}$ the network would know nothing of the words before."),
        "same": Slip("1/2", "Every element is treated alike, by the same three matrices."),
        "next": Slip(
            "1/2", r"That is what the model is for: $P(x_t | x_0, …, x_{t-1})$ is read off the output."
        ),
    },
}


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
