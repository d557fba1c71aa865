"""Functions to be minimised, with their derivatives, for the tasks on descent; x is an array of shape (n,)."""

import numpy as np


def quadratic_gradient(A, b, x):
    """Gradient of ½xᵀAx − bᵀx."""
    return np.asarray(A) @ x - b


def quadratic_hessian(A, x):
    """Second derivatives of ½xᵀAx − bᵀx."""
    return np.array(A, dtype=float)


def valley_gradient(x):
    """Gradient of (1 − x₀)² + 10 (x₁ − x₀²)², a bent valley."""
    bend = x[1] - x[0] ** 2
    return np.array([-2 * (1 - x[0]) - 40 * x[0] * bend, 20 * bend])


def valley_hessian(x):
    """Second derivatives of (1 − x₀)² + 10 (x₁ − x₀²)²."""
    return np.array([[2 - 40 * (x[1] - 3 * x[0] ** 2), -40 * x[0]], [-40 * x[0], 20.0]])


def bowl_gradient(x):
    """Gradient of Σ ln ch xᵢ, steep and straight far away, round at the bottom."""
    return np.tanh(x)


def bowl_hessian(x):
    """Second derivatives of Σ ln ch xᵢ."""
    return np.diag(1 / np.cosh(x) ** 2)


def squared_error_gradient(X, y, i, w):
    """Gradient by w of ½(xᵢ·w − yᵢ)², the error of a linear model on object i of the sample X, y."""
    return (X[i] @ w - y[i]) * X[i]
