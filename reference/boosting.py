"""Boosting: for regression, AdaBoost, and gradient boosting of any loss.

Source: document 004 (colloquium), questions 5, 6 and 7. A sample has X (N, d) and y (N,); `fit` trains a base learner
and gives it back as a function from (n, d) to (n,).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Predictor = Callable[[Array], Array]


def boost_regression(
    X: Array, y: Array, fit: Callable[[Array, Array], Predictor], K: int, lam: float, start: float = 0.0
) -> Array:
    """Document 004, question 5: a := start; K times: r = y − a(X), fit a_k to (X, r), a := a + λ·a_k.

    X (N, d), y (N,) → answers of the composition to X, (N,).
    """
    a = np.full(len(y), start, dtype=float)
    for _ in range(K):
        a = a + lam * fit(X, y - a)(X)
    return a


def adaboost_weight(error: float) -> float:
    """Document 004, question 6: α = ½ ln((1 − ε)/ε) for the weighted share ε of errors, 0 < ε < 1."""
    return float(np.log((1 - error) / error) / 2)


def adaboost(
    X: Array, y: Array, fit: Callable[[Array, Array, Array], Predictor], K: int
) -> tuple[Array, Array, Array]:
    """Document 004, question 6: w = 1/N; K times: fit t_k to (X, y, w), α_k by its error, w_i = exp(−y_i f(x_i)).

    X (N, d), y (N,) of −1 and 1 → weights after the last round, which sum to 1, (N,); α, (K,); sign f(X), (N,).
    The weighted error of every t_k must lie between 0 and 1, both excluded.
    """
    f, w, alphas = np.zeros(len(y)), np.full(len(y), 1 / len(y)), np.empty(K)
    for k in range(K):
        t = fit(X, y, w)(X)
        alphas[k] = adaboost_weight(w[t != y].sum())
        f = f + alphas[k] * t
        w = np.exp(-y * f)
        w = w / w.sum()
    return w, alphas, np.sign(f)


def gradient_boost(
    X: Array,
    y: Array,
    fit: Callable[[Array, Array], Predictor],
    dloss: Callable[[Array, Array], Array],
    N: int,
) -> Array:
    """Document 004, question 7: a_0 = 0; N times: shifts s = −L′_z(y, a), fit b to (X, s), a := a + b.

    X (l, d), y (l,), `dloss(y, z)` = ∂L/∂z → answers of the composition to X, (l,).
    """
    a = np.zeros(len(y))
    for _ in range(N):
        a = a + fit(X, -dloss(y, a))(X)
    return a
