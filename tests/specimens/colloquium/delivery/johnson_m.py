"""Mary Johnson, colloquium"""
import numpy as np

t1_valid = [[11, 13], [0, 8]]
t1_framed = [[9, -1, 5], [8, 16, 20], [5, 8, 4]]
t1_large = [[12, 27, 14], [20, 19, 20], [29, 23, 19]]
t2_answer = "(t + y/sqrt(1 - (y*x)^2))/cos(t*x - y + arccos(y*x))^2"

# the usual z = W x
q10_formula_z = "W x"
q10_formula_dW = "dz x^T"
q10_formula_dx = "W^T dz"
q10_z = [[-7], [0]]
q10_dz = [[3], [-1]]
q10_dW = [[3, -1], [6, -2]]
q10_dx = [[-11], [-5]]


def linear_forward(x, W):
    return x @ W


def linear_backward(x, W, dz):
    dW = np.outer(x, dz
    dx = dz @ W.T
    return dW, dx


q11_formula_Z = "X W"
q11_formula_dW = "X^T dZ"
q11_Z = [[-14, -7], [13, 2]]
q11_dW = [[1, -2], [-2, 4], [-2, 4]]
q11_dW_with_q10 = [[15, 7], [-9, -12]]


def batch_forward(X, W, b):
    return X @ W + b


def batch_backward(X, W, b, dZ):
    return X.T @ dZ, dZ.sum(axis=0), dZ @ W.T


def conv2d(V, W, padding, stride):
    V = np.pad(V, padding)
    K = W[::-1, ::-1]
    out = 0
    h = (V.shape[0] - K.shape[0]) // stride + 1
    w = (V.shape[1] - K.shape[1]) // stride + 1
    for a in range(K.shape[0]):
        for b in range(K.shape[1]):
            out = out + K[a, b] * V[a:a + stride * h:stride, b:b + stride * w:stride]
    return out


def conv2d_backward(dG, V, W, padding, stride):
    """the transposed matrix of the convolution, built from unit pictures with np.kron"""
    n, m = V.shape
    columns = [conv2d(np.kron(np.eye(n)[[i]].T, np.eye(m)[[j]]), W, padding, stride).ravel()
               for i in range(n) for j in range(m)]
    dV = (np.array(columns) @ dG.ravel()).reshape(n, m)
    n, m = W.shape
    columns = [conv2d(V, np.kron(np.eye(n)[[i]].T, np.eye(m)[[j]]), padding, stride).ravel()
               for i in range(n) for j in range(m)]
    return dV, (np.array(columns) @ dG.ravel()).reshape(n, m)


q13_G = "V2 W4 + V3 W3 + V5 W2 + V6 W1"
q13_error_dW = "dG1 V5 + dG2 V6 + dG3 V8 + dG4 V9"
q13_dW_by_hand = [[23, 24], [10, 16]]
q13_weights = 2352
q13_kernels = "A: 2, B: 1, C: 3"
