# Лопатин Ф.
import numpy as np

t1_valid = [[-8, 1], [6, 3]]
t1_framed = [[22, 21, 14], [27, 40, 23], [14, 16, 18]]
t1_large = [[18, 23], [17, 9]]
t2_answer = "t*y*sin(x*y**2)*exp(t*y*sin(x*y**2) - 1)"
q10_formula_z = "x@W"
q10_formula_dW = "x.T@dz"
q10_formula_dx = "dz@W.T"
q10_z = [3, 7]
q10_dz = [3, -2]
q10_dW = [[9, -6], [6, -4]]
q10_dx = [7, -13]


def linear_forward(x, W):
    return x @ W


def linear_backward(x, W, dz):
    return x.T @ dz, dz @ W.T


# обучаю, пока ошибка не станет нулём
w = np.random.randn(2, 2)
x0 = np.array([[3, 2]])
target = np.array([[0, 9]]) + 0.1
while np.any(linear_forward(x0, w) != target):
    dw, _ = linear_backward(x0, w, linear_forward(x0, w) - target)
    w = w - 0.001 * dw * np.random.rand()

q11_formula_Z = "X@W"
q11_formula_dW = "X.T@dZ"
q11_Z = [[-3, 2], [6, -1]]
q11_dW = [[-4, 2], [0, 0], [6, -3]]
q11_dW_with_q10 = [[-6, -1], [18, -8]]


def batch_forward(X, W, b):
    return X @ W + b


def batch_backward(X, W, b, dZ):
    return X.T @ dZ, dZ.sum(axis=0)


q13_G = "V1*W1 + V2*W2 + V4*W3 + V5*W4"
q13_error_dW = "dG1*V4 + dG2*V5 + dG3*V7 + dG4*V8"
q13_dW_by_hand = [[5, 14], [8, 7]]
q13_weights = 288
q13_kernels = "A-2 B-3 C-1"
