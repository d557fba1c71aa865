"""Batch normalisation and dropout.

Source: document 004 (colloquium), question 15, and document 001, slides "BatchNorm" and "Dropout". A batch X has the
shape (N, D); mean and variance are taken over its N examples, for each of the D components by itself:

    μ = 1/N Σ x_n    σ² = 1/N Σ (x_n - μ)²    x̂ = (x - μ) / d    y = γ x̂ + β

The documents differ in d, which is √σ² (004) or √(σ² + ε) (001): a function of σ², `scale`, is handed over here. In
test mode running averages take the places of μ and σ². Document 004 has, for 0 < α < 1, μ ← α·mean + (1 - α)·μ.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Scale = Callable[[Array], Array]


def with_epsilon(eps: float) -> Scale:
    """d(σ²) = √(σ² + ε), as in document 001."""
    return lambda variance: np.asarray(np.sqrt(variance + eps))


def without_epsilon(variance: Array) -> Array:
    """d(σ²) = √σ², as in document 004."""
    return np.asarray(np.sqrt(variance))


def statistics(X: Array) -> tuple[Array, Array]:
    """Mean and (biased) variance of a batch (N, D), both of the shape (D,)."""
    return X.mean(axis=0), X.var(axis=0)


def normalised(X: Array, mean: Array, variance: Array, gamma: Array, beta: Array, scale: Scale) -> Array:
    """y = γ (x - μ)/d + β with the statistics that are given; (N, D) → (N, D)."""
    return np.asarray(gamma * (X - mean) / scale(variance) + beta)


def running(old: Array, batch: Array, alpha: float) -> Array:
    """α·batch + (1 - α)·old: the moving average of a statistic, (D,)."""
    return np.asarray(alpha * batch + (1 - alpha) * old)


def batch_norm_gradients(dY: Array, X: Array, gamma: Array, scale: Scale) -> tuple[Array, Array, Array]:
    """∂L/∂X, ∂L/∂γ, ∂L/∂β of the normalisation with the batch's own statistics, for ∂L/∂Y of the shape (N, D).

    With g = γ ∂L/∂Y:  ∂L/∂X = 1/d · (g - mean g - (x - μ)/d² · mean(g (x - μ))), all means over the batch.
    """
    mean, variance = statistics(X)
    centred, d = X - mean, scale(variance)
    g = gamma * dY
    dX = (g - g.mean(axis=0) - centred / d**2 * (g * centred).mean(axis=0)) / d
    return np.asarray(dX), (dY * centred / d).sum(axis=0), dY.sum(axis=0)


def dropout(X: Array, mask: Array, keep: float, train: bool, inverted: bool) -> Array:
    """Kept neurons are where the mask is 1; `keep` is the probability of that.

    Document 004 multiplies by it in test mode, document 001 divides by it in training (`inverted`). Any shape.
    """
    if train:
        return np.asarray(mask * X / (keep if inverted else 1))
    return np.asarray(X * (1 if inverted else keep))
