# -*- coding: utf-8 -*-
# Воробьёв Игорь
import numpy as np

t1_valid = [[7, 5], [9, 0]]
t1_framed = [[2, 6, -8], [9, 6, 1], [-2, 13, 3]]
t1_large = [[4, -6, 6], [6, 8, 9], [1, -4, -2]]

t2_answer = "-t*2*y/sin(t*y^2 + x)^2*4^(x*y^2) - ctg(t*y^2 + x)*4^(x*y^2)*ln(4)*x*2*y"

q10_formula_z, q10_formula_dW, q10_formula_dx = "x@W", "x.T@dz", "dz@W.T"
q10_z, q10_dz, q10_dW, q10_dx = [[4, -15]], [[3, 2]], [[9, 6], [-6, -4]], [[0, 9]]


def linear_forward(x, W):
    return x @ W


def linear_backward(x, W, dz):
    return x.T @ dz, dz @ W.T


q11_formula_Z, q11_formula_dW = "X@W", "X.T@dZ"
q11_Z, q11_dW = [[-1, 12], [0, -8]], [[-4, 5], [6, -8], [-10, 13]]
q11_dW_with_q10 = [[-1, -9], [-14, -16]]


def batch_forward(X, W, b):
    return X @ W + b


def batch_backward(X, W, b, dZ):
    return X.T @ dZ, dZ.sum(0)


def conv2d(V, W, padding, stride):
    n = V.shape[0]
    k, l = W.shape
    P = np.pad(V, padding)
    out = (n + 2 * padding - k) // stride + 1
    G = np.zeros((out, out))
    for i in range(out):
        for j in range(out):
            for a in range(k):
                for b in range(l):
                    G[i, j] += P[i * stride + a, j * stride + b] * W[a, b]
    return G


def conv2d_backward(dG, V, W, padding, stride):
    k, l = W.shape
    P = np.pad(V, padding)
    dP = np.zeros_like(P)
    dW = np.zeros_like(W)
    width, height = dG.shape
    for y in range(height):
        for x in range(width):
            dP[y * stride:y * stride + k, x * stride:x * stride + l] += dG[y, x] * W
            dW += dG[y, x] * P[y * stride:y * stride + k, x * stride:x * stride + l]
    return dP[padding:padding + V.shape[0], padding:padding + V.shape[1]], dW


q13_G = "V1*W1 + V2*W2 + V3*W3 + V4*W4"
q13_error_dW = "dG1*V5 + dG2*V6 + dG3*V8 + dG4*V9"
q13_dW_by_hand = [[26, 24], [21, 20]]
q13_weights = 144
q13_kernels = "A-2 B-3 C-1"
