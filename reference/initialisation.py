"""Initial weights: why they must differ, and how large they should be.

Source: document 004 (colloquium), question 12. A layer with n_in inputs and n_out neurons has weights of the shape
(n_in, n_out); a neuron before its activation is Σ x_i w_i over its n inputs. Deviations are standard deviations.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def product_variance(mean_x: Any, variance_x: Any, mean_w: Any, variance_w: Any) -> Any:
    """Var(xw) = [E x]² Var w + [E w]² Var x + Var x Var w for independent x and w. Scalars → scalar."""
    return mean_x**2 * variance_w + mean_w**2 * variance_x + variance_x * variance_w


def neuron_variance(n: Any, variance_w: Any) -> Any:
    """Var(Σ x_i w_i)/Var x = n Var w, for n independent products of mean zero. Scalars → scalar."""
    return n * variance_w


def fan_in_deviation(n_in: int, n_out: int) -> float:
    """Xavier initialisation as question 12 derives it, from n_in·Var w = 1: 1/√n_in."""
    return 1 / math.sqrt(n_in)


def glorot_deviation(n_in: int, n_out: int) -> float:
    """Xavier initialisation as in the paper (Glorot and Bengio 2010, quoted in question 12): √2/√(n_in + n_out)."""
    return math.sqrt(2 / (n_in + n_out))


def he_deviation(n_in: int, n_out: int) -> float:
    """Initialisation for ReLU (He et al. 2015, quoted in question 12): √2/√n_in."""
    return math.sqrt(2 / n_in)


def uniform_bound(deviation: float) -> float:
    """The bound b of U(−b, b) with that deviation: Var U(−b, b) = b²/3, so that b = √3·deviation."""
    return math.sqrt(3) * deviation


def two_layer_gradient(x: Array, W: Array, v: Array, y: float) -> Array:
    """∂L/∂W for p = (xW)v and L = ½(p − y)²: ∂L/∂w_ij = x_i (p − y) v_j.

    x (n,), W (n, m), v (m,), y a number → (n, m). With equal columns of W and equal v its columns are equal: no step
    of gradient descent tells one hidden neuron from another.
    """
    residual = x @ W @ v - y
    return np.outer(x, residual * v)
