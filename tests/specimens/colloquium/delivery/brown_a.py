# Alice Brown
import numpy as np

t1_valid = [[-6, -2], [-10, -10]]
t1_framed = [[9, 5, -14], [16, 15, -5], [14, 9, 11]]
t1_large = [[24, 25, 36], [11, 33, 26], [26, 33, 25]]

t2_answer = "ch(y + x*cos(x^2 + t))*cos(x^2 + t)"

q10_formula_z = "x W"
q10_formula_dW = "dz x^T"
q10_formula_dx = "dz W^T"
q10_z = [-1, -7]
q10_dz = [3, -1]
q10_dW = [[3, -1], [6, -2]]
q10_dx = [10, -3]

q11_formula_Z = "W X"
q11_formula_dW = "dZ X^T"
q11_Z = [[13, -5], [5, -10]]
q11_dW = [[5, 9], [-9, -18], [1, 0]]
q11_dW_with_q10 = [[15, 10], [-12, -8]]    # for the new example


def linear_forward(x, W):
    return W @ x


def linear_backward(x, W, dz):
    return x.T @ dz, W.T @ dz


def batch_forward(X, W, b):
    return W @ X + b


def batch_backward(X, W, b, dZ):
    # wait, the shapes are (N, n) and (N, m), so here it has to be this way round
    return X.T @ dZ, dZ.sum(axis=0)


def im2col(x, kh, kw, stride):
    """Every window as a row."""
    oh = (x.shape[0] - kh) // stride + 1
    ow = (x.shape[1] - kw) // stride + 1
    i = np.repeat(np.arange(kh), kw)[None, :] + stride * np.repeat(np.arange(oh), ow)[:, None]
    j = np.tile(np.arange(kw), kh)[None, :] + stride * np.tile(np.arange(ow), oh)[:, None]
    return x[i, j], (i, j), (oh, ow)


def conv2d(V, W, padding, stride):
    cols, _, shape = im2col(np.pad(V, padding), *W.shape, stride)
    return (cols @ W.ravel()).reshape(shape)


def conv2d_backward(dG, V, W, padding, stride):
    P = np.pad(V, padding)
    cols, idx, _ = im2col(P, *W.shape, stride)
    dW = (dG.ravel() @ cols).reshape(W.shape)
    dP = np.zeros_like(P)
    np.add.at(dP, idx, np.outer(dG.ravel(), W.ravel()))
    return dP[padding:P.shape[0] - padding, padding:P.shape[1] - padding], dW


q13_G = "V1*W1 + V2*W2 + V4*W3 + V5*W4"
q13_error_dW = "dG1*V2 + dG2*V3 + dG3*V5 + dG4*V6"
q13_dW_by_hand = [[5, 6], [4, 7]]
q13_weights = "5 * 5 * 6 * 16"
q13_kernels = "A: sharpening, B: blur, C: edges"
