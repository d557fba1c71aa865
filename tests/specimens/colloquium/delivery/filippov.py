# Филиппов Егор, решение контрольной. Кодировка — какая получилась
import numpy as np

# Задача 1: без переворота ядра
t1_valid = [[5, 4], [13, 2]]
t1_framed = [[8, 19, 9], [-5, 8, 3], [-4, -3, -11]]
t1_large = [[26, 47], [32, 43]]
t2_answer = "x/ch^2 (xt + y)/sqrt(1 - th(xt + y)^2)"
t2_steps = """
x/ch^2 (xt + y)/sqrt(1 - th(xt + y)^2) =
= x/(sqrt(1 - tanh(t*x + y)^2)*cosh(t*x + y)^2)
"""

q10_formula_z = "x·W"
q10_formula_dW = "x^T·dz"
q10_formula_dx = "dz·W^T"
q10_z = [3, 0]
q10_dz = [3, -1]
q10_dW = [[6, -2], [3, -1]]
q10_dx = [8, -7]
q11_formula_Z = "X·W"
q11_formula_dW = "X^T·dZ"
q11_Z = [[1, -13], [-8, 3]]
q11_dW = [[-4, 1], [-7, -7], [0, -7]]
q11_dW_with_q10 = [[11, 13], [-1, -13]]


def linear_forward(x, W):
    """Прямой проход: умножение строки на матрицу"""
    return x.dot(W)


def linear_backward(x, W, dz):
    """Обратный проход"""
    return x.T.dot(dz), dz.dot(W.T)


def batch_forward(X, W, b):
    return X.dot(W) + b


def batch_backward(X, W, b, dZ):
    return X.T.dot(dZ), np.ones(len(dZ)).dot(dZ)


def conv2d(V, W, padding, stride):
    """Свёртка как произведение: картинка строкой, ядро - большой матрицей"""
    H, L = np.array(V.shape) + 2 * padding
    a, b = W.shape
    n, m = (H - a) // stride + 1, (L - b) // stride + 1
    M = np.zeros((n * m, H, L))
    for k in range(n * m):
        i, j = divmod(k, m)
        M[k, i * stride:i * stride + a, j * stride:j * stride + b] = W
    return M.reshape(n * m, -1).dot(np.pad(V, padding).ravel()).reshape(n, m)


def conv2d_backward(dG, V, W, padding, stride):
    H, L = np.array(V.shape) + 2 * padding
    a, b = W.shape
    P = np.pad(V, padding)
    dP, dW = np.zeros((H, L)), np.zeros((a, b))
    for i in range(dG.shape[0]):
        for j in range(dG.shape[1]):
            кусок = slice(i * stride, i * stride + a), slice(j * stride, j * stride + b)
            dP[кусок] += dG[i, j] * W
            dW += dG[i, j] * P[кусок]
    return dP[padding:padding + V.shape[0], padding:padding + V.shape[1]], dW


q13_G = "V4*W1 + V5*W2 + V7*W3 + V8*W4"
q13_error_dW = "dG1*V2 + dG2*V3 + dG3*V5 + dG4*V6"
q13_dW_by_hand = [[32, 15], [6, 2]]
q13_weights = 500
q13_kernels = "A - резкость, B - размытие, C - края"
