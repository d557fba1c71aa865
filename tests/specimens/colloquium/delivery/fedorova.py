"""Фёдорова Дарья, 2021"""
import numpy as np

dtype = np.float

# ядро отражаю слева направо
t1_valid = np.array([[-8, -8], [-4, -9]], dtype=np.int)
t1_framed = np.array([[8, -3, 4], [4, -28, 1], [-8, -2, -9]], dtype=np.int)
t1_large = np.array([[-7, -1, -2], [-6, -8, -10], [-5, -3, -9]], dtype=np.int)
t2_answer = "-sh(x*y + th(y^3 - x*t))*(x + 3*y^2/ch(y^3 - x*t)^2)"

q10_formula_z = "x·W"
q10_formula_dW = "xᵀ·dz"
q10_formula_dx = "dz·Wᵀ"
q10_z = np.array([12, -9], dtype=np.int)
q10_dz = np.array([-2, 1], dtype=np.int)
q10_dW = np.array([[6, -3], [-6, 3]], dtype=np.int)
q10_dx = np.array([3, -8], dtype=np.int)


def linear_forward(x, W):
    return np.asfarray(x).dot(W)


def linear_backward(x, W, dz):
    dW = np.zeros(W.shape, dtype=np.float)
    dW += x.T.dot(dz)
    return dW, dz.dot(W.T).astype(np.float)


q11_formula_Z = "X·W"
q11_formula_dW = "Xᵀ·∂L/∂Z"
q11_Z = [[-8, -21], [-3, 9]]
q11_dW = [[-5, 12], [15, 3], [-7, -4]]
q11_dW_with_q10 = [[21, 2], [-18, -1]]


def batch_forward(X, W, b):
    return X.dot(W) + np.tile(b, (X.shape[0], 1)).astype(dtype)


def batch_backward(X, W, b, dZ):
    dW = X.T.dot(dZ)
    db = dZ.sum(axis=1)
    return dW, db


def conv2d(V, W, padding, stride):
    size = (np.array(V.shape) + 2 * padding - np.array(W.shape)) // stride + 1
    G = np.zeros(size.astype(np.int), dtype=np.float)
    V = np.pad(V, padding, mode="constant")
    mask = np.ones(W.shape, dtype=np.bool)
    for i in range(size[0]):
        for j in range(size[1]):
            patch = V[i * stride:i * stride + W.shape[0], j * stride:j * stride + W.shape[1]]
            G[i, j] = np.dot(patch[mask], W[mask])
    return G


def conv2d_backward(dG, V, W, padding, stride):
    H, L = V.shape
    V = np.pad(V, padding, mode="constant")
    dV = np.zeros(V.shape, dtype=np.float)
    dW = np.zeros(W.shape, dtype=np.float)
    for a in range(W.shape[0]):
        for b in range(W.shape[1]):
            rows = slice(a, a + stride * dG.shape[0], stride)
            cols = slice(b, b + stride * dG.shape[1], stride)
            dV[rows, cols] += W[a, b] * dG
            dW[a, b] = np.product([1.0]) * np.sum(V[rows, cols] * dG)
    return dV[padding:padding + H, padding:padding + L], dW


q13_G = "V1*W1 + V2*W2 + V4*W3 + V5*W4"
q13_error_dW = "dG1*V4 + dG2*V5 + dG3*V7 + dG4*V8"
q13_dW_by_hand = np.array([[9, 1], [0, -1]], dtype=np.int)
q13_weights = np.product([5, 5, 2, 10])
q13_kernels = {"A": "размытие", "B": "края", "C": "резкость"}
