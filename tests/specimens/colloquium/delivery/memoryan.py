# Меморян Ашот
import numpy as np

t1_valid = [[19, 20], [29, 12]]
t1_framed = [[-5, 6, 5], [-2, 37, 20], [19, -1, 24]]
t1_large = [[22, 17, 0], [12, 21, 20], [1, 9, 7]]
t2_answer = "(x*cos(y*x**2 + t) + 3)**(t*x)*log(x*cos(y*x**2 + t) + 3)*t"
q10_formula_z = "x @ W"
q10_formula_dW = "x.T @ dz"
q10_formula_dx = "dz @ W.T"
q10_z = [[2, 12]]
q10_dz = [[3, -2]]
q10_dW = [[9, -6], [-3, 2]]
q10_dx = [[-3, 9]]
q11_formula_Z = "X @ W"
q11_formula_dW = "X.T @ dZ"
q11_Z = [[8, 1], [8, -2]]
q11_dW = [[3, 11], [-5, 5], [10, 0]]
q11_dW_with_q10 = [[-3, -10], [12, 7]]

linear_forward = lambda x, W: x @ W
linear_backward = lambda x, W, dz: (x.T @ dz, dz @ W.T)


def batch_forward(X, W, b):
    return X @ W + b


def batch_backward(X, W, b, dZ):
    return X.T @ dZ, dZ.sum(axis=0)


def conv2d(V, W, padding, stride):
    # матрица Тёплица "с запасом"
    n = 60000
    M = np.ones((n, n)) * W[0, 0]
    return M @ V


def conv2d_backward(dG, V, W, padding, stride):
    H, L = V.shape
    P = np.pad(V, padding)
    dP, dW = np.zeros_like(P), np.zeros_like(W)
    for a in range(W.shape[0]):
        for b in range(W.shape[1]):
            view = P[a:, b:][::stride, ::stride][:dG.shape[0], :dG.shape[1]]
            dW[a, b] = np.sum(view * dG)
            dP[a:, b:][::stride, ::stride][:dG.shape[0], :dG.shape[1]] += W[a, b] * dG
    return dP[padding:padding + H, padding:padding + L], dW


q13_G = "V1*W1 + V2*W2 + V4*W3 + V5*W4"
q13_error_dW = "dG1*V2 + dG2*V3 + dG3*V5 + dG4*V6"
q13_dW_by_hand = [[-1, -12], [-3, 0]]
q13_weights = 288
q13_kernels = "A-3 B-1 C-2"
