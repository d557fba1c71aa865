"""Back-propagation through small networks, in symbols and in numbers.

Source: document 004 (colloquium), question 8 (a network without hidden layers: the loss is computed right behind one
neuron, ∂L/∂w_j = ∂L/∂p · ∂p/∂z · ∂z/∂w_j) and question 9 (the derivative by an input is a sum over the paths to it,
∂p/∂x₁ = Σ ∂p/∂h · ∂h/∂z · ∂z/∂x₁; every derivative is computed once and used again in the layer below).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

ACTIVATIONS = {
    "sigmoid": ("1/(1 + exp(-z))", "p*(1 - p)"),
    "tanh": ("tanh(z)", "1 - p**2"),
    "arctan": ("atan(z)", "1/(1 + z**2)"),
    "softplus": ("log(1 + exp(z))", "1/(1 + exp(-z))"),
}
"""Activation → p as a function of z, and ∂p/∂z by z or p, in Python."""

LOSSES = {
    "half_square": ("(p - y)**2/2", "p - y"),
    "square": ("(p - y)**2", "2*(p - y)"),
    "log_cosh": ("log(cosh(p - y))", "tanh(p - y)"),
    "cross_entropy": ("-y*log(p) - (1 - y)*log(1 - p)", "(p - y)/(p*(1 - p))"),
}
"""Loss → L as a function of the answer p and the right answer y, and ∂L/∂p, in Python. Cross-entropy: 0 < p < 1."""


def weighted_sum(inputs: int) -> str:
    """z = w0 + w1·x1 + … for so many inputs, in Python.

    >>> weighted_sum(2)
    'w0 + w1*x1 + w2*x2'
    """
    return " + ".join(["w0", *(f"w{j}*x{j}" for j in range(1, inputs + 1))])


def weight_derivative(loss: str, activation: str, j: int) -> str:
    """∂L/∂w_j of a network without hidden layers as a formula of p, y, z and x_j, in Python; w_0 is the bias.

    >>> weight_derivative("half_square", "sigmoid", 1)
    '(p - y)*(p*(1 - p))*(x1)'
    """
    return chain_rule(LOSSES[loss][1], ACTIVATIONS[activation][1], f"x{j}" if j else "1")


def chain_rule(*factors: str) -> str:
    """The derivative along one path: the product of the derivatives on the way, in Python.

    >>> chain_rule("p - y", "p*(1 - p)", "x1")
    '(p - y)*(p*(1 - p))*(x1)'
    """
    return "*".join(f"({factor})" for factor in factors)


def path_sum(*layers: Sequence[str]) -> str:
    """The derivative of the one variable in the first of `layers` by the one in the last: a sum over all paths.

    >>> path_sum(["p"], ["h1", "h2"], ["x"])
    '∂p/∂h1*∂h1/∂x + ∂p/∂h2*∂h2/∂x'
    """
    return " + ".join(
        "*".join(f"∂{above}/∂{below}" for above, below in pairwise(path)) for path in product(*layers)
    )


def sigmoid(s: Array) -> Array:
    """1/(1 + e^(−s)), without overflow at either end."""
    value: Array = np.exp(-np.logaddexp(0, -s))
    return value


def mlp_forward(X: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    """Hidden values H = σ(XW₁ + b₁), (N, m), and answers P = HW₂ + b₂, (N, k), for X (N, n), W₁ (n, m), W₂ (m, k)."""
    H = sigmoid(X @ W1 + b1)
    return H, H @ W2 + b2


def mlp_backward(
    X: Array, Y: Array, W1: Array, b1: Array, W2: Array, b2: Array
) -> tuple[Array, Array, Array, Array]:
    """∂L/∂W₁, ∂L/∂b₁, ∂L/∂W₂, ∂L/∂b₂ of L = ½ Σ (P − Y)² over a batch, with P as in `mlp_forward`, Y (N, k)."""
    H, P = mlp_forward(X, W1, b1, W2, b2)
    dP = P - Y
    dS = dP @ W2.T * H * (1 - H)
    return X.T @ dS, dS.sum(axis=0), H.T @ dP, dP.sum(axis=0)
