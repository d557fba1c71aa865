# Егоров Степан. Транспонирование путаю...
import numpy as np

t1_valid = [[30, 17], [18, 8]]
t1_framed = [[-5, 0, 2], [-1, 6, 7], [0, 8, 2]]
t1_large = [[-1, -3, 0], [-5, 1, -5], [-1, 3, -10]]
t2_answer = "-sin(x*tanh(y*x + t))*x*(1/cosh(y*x + t)**2)"

q10_formula_z = "x @ W.T"
q10_formula_dW = "x @ dz"
q10_formula_dx = "dz @ W"
q10_z = [-9, 5]
q10_dz = [-6, 3]
q10_dW = [[6, -3], [18, -9]]
q10_dx = [-15, -18]


def linear_forward(x, W):
    return x @ W.T


def linear_backward(x, W, dz):
    dx = dz @ W.T      # по размерам
    dW = x @ dz
    return dW, dx


q11_formula_Z = "X @ W"
q11_formula_dW = "X @ dZ"
q11_Z = [[5, -3], [-10, 11]]
q11_dW = [[5, 1], [-4, 1], [-4, -5]]
q11_dW_with_q10 = [[16, 12], [10, -21]]


def batch_forward(X, W, b):
    return X @ W + b


def batch_backward(X, W, b, dZ):
    return X @ dZ, dZ.sum(axis=0)


def conv2d(V, W, padding, stride):
    from numpy.lib.stride_tricks import sliding_window_view
    w = sliding_window_view(np.pad(V, padding), W.shape)[::stride, ::stride]
    return (w * W).sum(axis=(2, 3))


def conv2d_backward(dG, V, W, padding, stride):
    from numpy.lib.stride_tricks import sliding_window_view
    P = np.pad(V, padding)
    w = sliding_window_view(P, W.shape)[::stride, ::stride]
    dW = np.einsum("ij,ijab->ab", dG, w)
    # раздвинуть, обложить нулями, свернуть с перевёрнутым ядром
    big = np.zeros((P.shape[0] - W.shape[0] + 1, P.shape[1] - W.shape[1] + 1))
    big[::stride, ::stride] = dG
    big = np.pad(big, [(k - 1, k - 1) for k in W.shape])
    dP = (sliding_window_view(big, W.shape) * W[::-1, ::-1]).sum(axis=(2, 3))
    return dP[padding:padding + V.shape[0], padding:padding + V.shape[1]], dW


q13_G = "V5*W1 + V6*W2 + V8*W3 + V9*W4"
q13_error_dW = "dG1*V2 + dG2*V3 + dG3*V5 + dG4*V6"
q13_dW_by_hand = [[11, 9], [7, 9]]
q13_weights = 1200
q13_kernels = "A-1 B-3 C-2"
