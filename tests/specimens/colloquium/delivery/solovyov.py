import numpy as np

"""
Соловьёв Н.
"""

t1_valid = [[4, 4], [8, 8]]
t1_framed = [[11, 16, 11], [16, 21, 11], [11, 12, 6]]
t1_large = [[13, 7, 8], [9, 5, 8], [13, 11, 6]]
t2_answer = "t/sh^2 (ty - x)·sin(txy) + cth(ty - x)·(cos(txy)·(tx))"

q10_formula_z = "x@W"
q10_formula_dW = "x.T@dz"
q10_formula_dx = "dz@W.T"
q10_z = [15, -7]
q10_dz = [-1, 1]
q10_dW = [[2, -2], [3, -3]]
q10_dx = [2, 6]
q11_formula_Z = "X@W"
q11_formula_dW = "X.T@dZ"
q11_Z = [[-1, 12], [-2, 10]]
q11_dW = [[-5, 4], [2, -3], [6, -9]]
q11_dW_with_q10 = [[5.0, 5.0], [6.5, 6.0]]

linear_forward = lambda x, W: x @ W
linear_backward = lambda x, W, dz: (x.T @ dz, dz @ W.T)
batch_forward = lambda X, W, b: X @ W + b
batch_backward = lambda X, W, b, dZ: (X.T @ dZ, dZ.sum(axis=0))


def correlate(A, B, stride=1):
    n = (A.shape[0] - B.shape[0]) // stride + 1
    m = (A.shape[1] - B.shape[1]) // stride + 1
    if n <= 0 or m <= 0:
        return np.zeros((0, 0))
    return np.array([[np.sum(A[i * stride:i * stride + B.shape[0], j * stride:j * stride + B.shape[1]] * B)
                      for j in range(m)] for i in range(n)])


def conv2d(V, W, padding, stride):
    return correlate(np.pad(V, padding), W, stride)


def conv2d_backward(dG, V, W, padding, stride):
    P = np.pad(V, padding)
    # градиент с дырками
    D = np.zeros(((dG.shape[0] - 1) * stride + 1, (dG.shape[1] - 1) * stride + 1))
    D[::stride, ::stride] = dG
    # dE/dW: корреляция картинки с градиентом
    dW = correlate(P[:D.shape[0] + W.shape[0] - 1, :D.shape[1] + W.shape[1] - 1], D)
    # dE/dV: корреляция градиента с повёрнутым фильтром
    inner = correlate(D, W[::-1, ::-1])
    dP = np.zeros(P.shape)
    a, b = W.shape
    dP[a - 1:a - 1 + inner.shape[0], b - 1:b - 1 + inner.shape[1]] = inner
    return dP[padding:padding + V.shape[0], padding:padding + V.shape[1]], dW


q13_G = "V4*W1 + V5*W2 + V7*W3 + V8*W4"
q13_error_dW = "dG1*V1"
q13_dW_by_hand = [[-14, -18], [-16, -26]]
q13_weights = "1576"
q13_kernels = "A-3 B-2 C-1"
