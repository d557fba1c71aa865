"""The linear layer, forward and backward.

Source: document 004 (colloquium), questions 10 (one example) and 11 (mini-batch). An example is a row, as in
the document: x has the shape (1, n), W (n, m), z (1, m); a batch of N examples has X (N, n), Z (N, m).
A gradient of the scalar loss L has the shape of what it is taken by: `dW` is ∂L/∂W, `dz` is ∂L/∂z.
"""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]


def linear_forward(x: Array, W: Array) -> Array:
    """Document 004, question 10: z = xW. x (1, n), W (n, m) → z (1, m)."""
    z: Array = x @ W
    return z


def linear_backward(x: Array, W: Array, dz: Array) -> tuple[Array, Array]:
    """Document 004, question 10: ∂L/∂W = xᵀ ∂L/∂z, and likewise ∂L/∂x = ∂L/∂z Wᵀ.

    From ∂L/∂w_ij = Σ_k ∂L/∂z_k ∂z_k/∂w_ij = ∂L/∂z_j x_i and ∂L/∂x_i = Σ_k ∂L/∂z_k w_ik.
    x (1, n), W (n, m), dz (1, m) → dW (n, m), dx (1, n).
    """
    return x.T @ dz, dz @ W.T


def squared_error_gradient(z: Array, target: Array) -> Array:
    """∂L/∂z = z − t for L = ½‖z − t‖²; shapes as given."""
    return z - target


def batch_forward(X: Array, W: Array, b: Array | None = None) -> Array:
    """Document 004, question 11: Z = XW, and with a bias the row b is added to every example.

    X (N, n), W (n, m), b (m,) or None → Z (N, m).
    """
    Z: Array = X @ W
    return Z if b is None else Z + b


def batch_backward(X: Array, W: Array, dZ: Array) -> tuple[Array, Array, Array]:
    """Document 004, question 11: ∂L_b/∂W = Xᵀ ∂L/∂Z, the sum over the examples, not their mean.

    ∂L_b/∂w_ij = Σ_k ∂L/∂z_kj x_ki; likewise ∂L_b/∂b_j = Σ_k ∂L/∂z_kj and ∂L_b/∂X = ∂L/∂Z Wᵀ.
    X (N, n), W (n, m), dZ (N, m) → dW (n, m), db (m,), dX (N, n).
    """
    return X.T @ dZ, dZ.sum(axis=0), dZ @ W.T
