# Абрамова
import numpy as np

t1_valid = [[-9, 10], [14, -4]]
t1_framed = [[16, 23, 16], [32, 36, 16], [17, 7, 4]]
t1_large = [[7, 5], [4, 2]]
t2_answer = "(-5*x/sinh(5*x*t)**2*(y*t + x + exp(y*t)) - coth(5*x*t)*(y + exp(y*t)*y))/(y*t + x + exp(y*t))"

q10_formula_z = "x @ W"
q10_formula_dW = "x.T @ dz"
q10_formula_dx = "dz @ W.T"
q10_z = [10, 4]
q10_dz = [-2, 3]
q10_dW = [[-4, 6], [4, -6]]
q10_dx = [5, 9]


def linear_forward(x, W):
    z = x @ W
    return z


def linear_backward(x, W, dz):
    dW = x.T @ dz
    dx = grad @ W.T
    return dW, dx


q11_formula_Z = "X @ W"
q11_formula_dW = "X.T @ dZ"
q11_Z = [[-8, 7], [1, -9]]
q11_dW = [[-7, 0], [4, -1], [-6, -9]]
q11_dW_with_q10 = [[1, 1], [8, -10]]


def batch_forward(X, W, b):
    return X @ W + b


def batch_backward(X, W, b, dZ):
    return X.T @ dZ, dZ.sum(axis=0)


def conv2d(V, W, padding, stride):
    P = np.pad(V, padding)
    a, b = W.shape
    n, m = (P.shape[0] - a) // stride + 1, (P.shape[1] - b) // stride + 1
    G = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            G[i, j] = (P[i * stride:i * stride + a, j * stride:j * stride + b] * W).sum()
    return G


def conv2d_backward(dG, V, W, padding, stride):
    # численно
    eps = 1e-3
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for array, grad in ((V, dV), (W, dW)):
        for place in np.ndindex(*array.shape):
            old = array[place]
            array[place] = old + eps
            plus = np.sum(conv2d(V, W, padding, stride) * dG)
            array[place] = old - eps
            minus = np.sum(conv2d(V, W, padding, stride) * dG)
            array[place] = old
            grad[place] = (plus - minus) / (2 * eps)
    return dV, dW


q13_G = "V1*W1 + V2*W2 + V4*W3 + V5*W4"
q13_error_dW = "dG1*V1 + dG2*V2 + dG3*V4 + dG4*V5"
q13_dW_by_hand = [[11, 8], [22, 21]]
q13_weights = 288
q13_kernels = "A-3 B-2 C-1"
