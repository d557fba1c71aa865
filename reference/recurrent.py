"""The simple recurrent network: states, derivatives of a state by the weights, probabilities of texts, clipping.

Source: document 004 (colloquium), questions 16, 17 and 18. Vectors are columns there: s_t = f(U x_t + W s_{t−1}),
o_t = softmax(V s_t), f = tanh. Sequences are arrays of T rows: X (T, n), states (T, d), outputs (T, m); s₀ (d,),
U (d, n), W (d, d), V (m, d).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def softmax(Z: Array) -> Array:
    """Softmax along the last axis, exp(z_i)/Σ exp(z_j), with the largest z subtracted so that nothing overflows."""
    powers: Array = np.exp(Z - Z.max(axis=-1, keepdims=True))
    shares: Array = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def rnn_forward(X: Array, s0: Array, U: Array, W: Array, V: Array) -> tuple[Array, Array]:
    """Document 004, question 16: s_t = tanh(U x_t + W s_{t−1}), o_t = softmax(V s_t) → states, outputs."""
    states = np.zeros((len(X), len(s0)))
    s = s0
    for t, x in enumerate(X):
        s = states[t] = np.tanh(U @ x + W @ s)
    return states, softmax(states @ V.T)


def text_probability(text: Array, s0: Array, U: Array, W: Array, V: Array) -> float:
    """Document 004, question 16: P(x_0, …, x_n) = P(x_0) P(x_1|x_0) ⋯ P(x_n|x_0, …, x_{n−1}).

    `text` (n + 1,) holds numbers of words, which the network reads one-hot. Its first word is given; the output
    after x_0, …, x_{t−1} is the distribution of x_t. The result is P(x_1, …, x_n | x_0), 1 for a text of one word.
    """
    _, outputs = rnn_forward(np.eye(U.shape[1])[text[:-1]], s0, U, W, V)
    return float(np.prod(outputs[np.arange(len(text) - 1), text[1:]]))


def chain_probability(text: Sequence[int], first: Sequence[Any], following: Sequence[Sequence[Any]]) -> Any:
    """Document 004, question 16, for a model that looks one word back: P(x_0) Π P(x_t | x_{t−1}).

    `first` (m,) is the distribution of x_0, row i of `following` (m, m) that of the word after word i.
    """
    probability = first[text[0]]
    for before, word in pairwise(text):
        probability = probability * following[before][word]
    return probability


SLOPE = Fraction(1, 2)
"""Of the leaky ReLU for work by hand: f(a) = a where a > 0, else a/2."""


def leaky(a: Any) -> Any:
    """f(a) of the leaky ReLU with the slope ½."""
    return a if a > 0 else SLOPE * a


def leaky_states(inputs: Sequence[Any], s0: Any, u: Any, w: Any) -> list[Any]:
    """Document 004, question 16, for numbers and a leaky ReLU: s_0, s_1, …, s_T with s_t = f(u x_t + w s_{t−1})."""
    states = [s0]
    for x in inputs:
        states.append(leaky(u * x + w * states[-1]))
    return states


def leaky_state_derivative(states: Sequence[Any], w: Any) -> Any:
    """Document 004, question 17, for numbers and a leaky ReLU: ∂s_T/∂w from s_0, …, s_T.

    ∂s_t/∂w = f′(a_t) (s_{t−1} + w ∂s_{t−1}/∂w), ∂s_0/∂w = 0; f′(a_t) is 1 where s_t > 0, else ½.
    """
    derivative = Fraction(0)
    for before, s in pairwise(states):
        derivative = (before + w * derivative) * (1 if s > 0 else SLOPE)
    return derivative


def state_jacobian(X: Array, s0: Array, U: Array, W: Array) -> Array:
    """Document 004, question 17: ∂s_k/∂W = Σ_{i=1}^{k} (Π_{j=i+1}^{k} ∂s_j/∂s_{j−1}) ∂s_i/∂W_*, k = T.

    ∂s_j/∂s_{j−1} = diag(1 − s_j²) W, and ∂s_i/∂W_* takes s_{i−1} as constant: the entry of state a and weight (b, c)
    is (1 − s_i[a]²) s_{i−1}[c] if a = b, else 0. By Horner's rule, from the first state on.
    X (T, n), s0 (d,) → (d, d, d): [a, b, c] is ∂s_T[a]/∂W[b, c].
    """
    d = len(s0)
    jacobian, s = np.zeros((d, d, d)), s0
    for x in X:
        before, s = s, np.tanh(U @ x + W @ s)
        slope = 1 - s**2
        immediate = np.einsum("ab,c->abc", np.diag(slope), before)
        jacobian = np.einsum("ab,bcd->acd", slope[:, None] * W, jacobian) + immediate
    return jacobian


def clip_by_norm(g: Array, threshold: float) -> Array:
    """Document 004, question 18: where ‖g‖ ≥ threshold > 0, g becomes threshold/‖g‖ · g; ‖·‖ over all entries."""
    norm = np.sqrt(np.sum(g**2))
    return g * (threshold / norm) if norm >= threshold else g
