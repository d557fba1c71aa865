"""Columns: z = W^T x. Every entry by its indices, without a single product of matrices."""

import numpy as np

q10_formula_z = "W^T x"
q10_formula_dW = "x dz^T"
q10_formula_dx = "W dz"


def linear_forward(x, W):
    n, m = W.shape
    return np.array([[sum(x[0, i] * W[i, j] for i in range(n)) for j in range(m)]])


def linear_backward(x, W, dz):
    n, m = W.shape
    dW, dx = np.zeros((n, m)), np.zeros((1, n))
    for i in range(n):
        for j in range(m):
            dW[i, j] = x[0, i] * dz[0, j]
            dx[0, i] += W[i, j] * dz[0, j]
    return dW, dx
