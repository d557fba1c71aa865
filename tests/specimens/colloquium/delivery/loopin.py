# Лупин Марк
import numpy as np

t1_valid = [[10, 22], [14, 22]]
t1_framed = [[-6, 9, -6], [-12, 16, -12], [-6, 3, -8]]
t1_large = [[-2, 9, -5], [7, 10, 0], [4, 3, 4]]
t2_answer = "t**2/cosh(x*t**2 + y)**2/sqrt(1 - tanh(x*t**2 + y)**2)"
q10_formula_z, q10_formula_dW, q10_formula_dx = "x@W", "x.T@dz", "dz@W.T"
q10_z, q10_dz, q10_dW, q10_dx = [3, 10], [-1, -2], [[-2, -4], [3, 6]], [-7, 3]
q11_formula_Z, q11_formula_dW = "X@W", "X.T@dZ"
q11_Z, q11_dW, q11_dW_with_q10 = [[-6, 8], [12, -11]], [[-5, 6], [-1, 3], [-15, 18]], [[-10, -16], [13, 21]]


def linear_forward(x, W):
    return x @ W


def linear_backward(x, W, dz):
    return x.T @ dz, dz @ W.T


def batch_forward(X, W, b):
    return X @ W + b


def batch_backward(X, W, b, dZ):
    return X.T @ dZ, dZ.sum(axis=0)


def conv2d(V, W, padding, stride):
    P = np.pad(V, padding)
    G = []
    i = 0
    while i + W.shape[0] <= P.shape[0]:
        j = 0
        G.append([])
        while j + W.shape[1] <= P.shape[1]:
            G[-1].append(np.sum(P[i:i + W.shape[0], j:j + W.shape[1]] * W))
            j += stride
        # i += stride
    return np.array(G[:1])


def conv2d_backward(dG, V, W, padding, stride):
    P = np.pad(V, padding)
    dP, dW = np.zeros_like(P), np.zeros_like(W)
    for i, row in enumerate(dG):
        for j, g in enumerate(row):
            where = np.s_[i * stride:i * stride + W.shape[0], j * stride:j * stride + W.shape[1]]
            dP[where] += g * W
            dW += g * P[where]
    return dP[padding:len(P) - padding, padding:P.shape[1] - padding], dW


q13_G = "V4*W1 + V5*W2 + V7*W3 + V8*W4"
q13_error_dW = "dG1*V5 + dG2*V6 + dG3*V8 + dG4*V9"
q13_dW_by_hand = [[3, 14], [16, 11]]
q13_weights = 2940
q13_kernels = "A-3 B-2 C-1"
