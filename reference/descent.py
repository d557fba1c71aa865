"""Descent: along the gradient, by mini-batches, with momentum, by Newton's method, along the coordinates.

Source: document 004 (colloquium), questions 1 to 4. A point is x (n,); `grad(x)` gives ∇f(x), (n,). A trajectory has
a row for each point, the first one included.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Gradient = Callable[[Array], Array]


def gradient_descent(grad: Gradient, x0: Array, eta: float, steps: int) -> Array:
    """Document 004, question 1: x ← x − η∇f(x). x0 (n,) → trajectory (steps + 1, n)."""
    points = [np.asarray(x0, dtype=float)]
    for _ in range(steps):
        points.append(points[-1] - eta * grad(points[-1]))
    return np.array(points)


def decaying_descent(grad: Gradient, x0: Array, eta: float, steps: int) -> Array:
    """Document 004, question 2: x ← x − (η/k)∇f(x) with k = 1, 2, …. x0 (n,) → trajectory (steps + 1, n)."""
    points = [np.asarray(x0, dtype=float)]
    for k in range(1, steps + 1):
        points.append(points[-1] - eta / k * grad(points[-1]))
    return np.array(points)


def minibatch_sgd(
    grad_i: Callable[[int, Array], Array], x0: Array, n: int, order: Sequence[int], m: int, eta: float
) -> Array:
    """Document 004, question 2: for each batch I_j of `order`, x ← x − η Σ_{i ∈ I_j} ∇f_i(x).

    x0 (d,), `order` a permutation of 0 … n − 1 that is cut into batches of m, the last of which may be shorter
    → x after one pass, (d,).
    """
    x = np.asarray(x0, dtype=float)
    for begin in range(0, n, m):
        x = x - eta * np.sum([grad_i(i, x) for i in order[begin : begin + m]], axis=0)
    return x


def momentum(grad: Gradient, x0: Array, eta: float, alpha: float, steps: int) -> Array:
    """Document 004, question 2: m ← αm − η∇f(x), x ← x + m, from m = 0. x0 (n,) → trajectory (steps + 1, n)."""
    points, inertia = [np.asarray(x0, dtype=float)], np.zeros(len(x0))
    for _ in range(steps):
        inertia = alpha * inertia - eta * grad(points[-1])
        points.append(points[-1] + inertia)
    return np.array(points)


def newton(grad: Gradient, hess: Callable[[Array], Array], x0: Array, eta: float, steps: int) -> Array:
    """Document 004, question 3: x ← x − η(∇²f(x))⁻¹∇f(x). x0 (n,), hess(x) (n, n) → trajectory (steps + 1, n)."""
    points = [np.asarray(x0, dtype=float)]
    for _ in range(steps):
        points.append(points[-1] - eta * np.linalg.solve(hess(points[-1]), grad(points[-1])))
    return np.array(points)


def coordinate_descent(A: Array, b: Array, x0: Array, sweeps: int) -> Array:
    """Document 004, question 4, for f(x) = ½xᵀAx − bᵀx: the minimum along x_i is (b_i − Σ_{j≠i} a_ij x_j)/a_ii.

    A (n, n) symmetric and positive definite, b (n,), x0 (n,) → the point after each step along a coordinate,
    the first one included, (sweeps·n + 1, n).
    """
    points = [np.asarray(x0, dtype=float)]
    for _ in range(sweeps):
        for i in range(len(b)):
            x = points[-1].copy()
            x[i] += (b[i] - A[i] @ x) / A[i, i]
            points.append(x)
    return np.array(points)
