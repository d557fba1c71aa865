# Kate Williams
import numpy as np

# same padding everywhere
t1_valid = [[6, 2, 2, 0], [2, -1, -1, -1], [4, 9, 9, 0], [0, -2, -5, -5]]
t1_framed = [[11, 23, 7], [24, 21, 14], [17, 12, 3]]
t1_large = [[9, 6, 15, 16, 4], [18, 16, 14, 27, 10], [17, 27, 15, 22, 12], [7, 16, 13, 18, 12], [1, 3, 3, 5, 6]]

t2_answer = "x*(y^2 - t + arctg(2*x*y))^3 + x*y*3*(y^2 - t + arctg(2*x*y))^2*(2*y - 2*x/(1 + (2*x*y)^2))"

q10_formula_z = "x W"
q10_formula_dW = "x^T dz"
q10_formula_dx = "dz W^T"
q10_z = [[11, -8]]
q10_dz = [[3, -1]]
q10_dW = [[-6, 2], [9, -3]]
q10_dx = [[-4, 11]]

q11_formula_Z = "X W"
q11_formula_dW = "X^T dZ"
q11_Z = [[7, 0], [-10, 1]]
q11_dW = [[-8, 11], [4, -10], [11, -5]]
q11_dW_with_q10 = [[-18, 6], [-6, 2]]


def linear_forward(x, W):
    """z_j = sum_i x_i W_ij"""
    n, m = W.shape
    return np.array([[sum(x[0, i] * W[i, j] for i in range(n)) for j in range(m)]])


def linear_backward(x, W, dz):
    n, m = W.shape
    dW = [[x[0, i] * dz[0, j] for j in range(m)] for i in range(n)]
    dx = [[sum(dz[0, j] * W[i, j] for j in range(m)) for i in range(n)]]
    return np.array(dW), np.array(dx)


def batch_forward(X, W, b):
    return np.concatenate([linear_forward(x[None, :], W) + b for x in X])


def batch_backward(X, W, b, dZ):
    dW = np.zeros_like(W)
    for x, dz in zip(X, dZ):
        dW += linear_backward(x[None, :], W, dz[None, :])[0]
    return dW, np.array([column.sum() for column in dZ.T])


def conv2d(V, W, padding, stride):
    padded = np.zeros((V.shape[0] + 2, V.shape[1] + 2))
    padded[1:-1, 1:-1] = V
    rows = range(0, padded.shape[0] - W.shape[0] + 1, stride)
    cols = range(0, padded.shape[1] - W.shape[1] + 1, stride)
    return np.array([[np.sum(padded[r:r + W.shape[0], c:c + W.shape[1]] * W) for c in cols] for r in rows])


def conv2d_backward(dG, V, W, padding, stride):
    padded = np.zeros((V.shape[0] + 2, V.shape[1] + 2))
    padded[1:-1, 1:-1] = V
    dpadded = np.zeros_like(padded)
    dW = np.zeros_like(W)
    for i in range(dG.shape[0]):
        for j in range(dG.shape[1]):
            r, c = i * stride, j * stride
            dpadded[r:r + W.shape[0], c:c + W.shape[1]] += dG[i, j] * W
            dW += dG[i, j] * padded[r:r + W.shape[0], c:c + W.shape[1]]
    return dpadded[1:-1, 1:-1], dW


q13_G = "V1 W1 + V2 W2 + V4 W3 + V5 W4"
q13_error_dW = "dG1 V1 + dG2 V2 + dG3 V4 + dG4 V5"
q13_dW_by_hand = [[7, 11], [7, 18]]
q13_weights = 500
q13_kernels = "A-1, B-2, C-3"
