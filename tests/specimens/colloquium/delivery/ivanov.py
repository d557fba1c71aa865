# Иванов А., коллоквиум
import numpy as np

# --- Задача 1. Ядро не переворачиваю (кросс-корреляция)
t1_valid = [[12, 6], [7, 20]]
t1_framed = [[4, 4, 1],
             [-10, 12, 0],
             [9, 0, 3]]
t1_large = [[17, 32], [15, 31]]

# --- Задача 2
t2_answer = "-x/sinh(x*t)**2*sin(y*t**2) + coth(x*t)*cos(y*t**2)*y*2*t"
t2_steps = """
-x/sinh(x*t)**2*sin(y*t**2) + coth(x*t)*cos(y*t**2)*y*2*t
= 2*t*y*cos(t^2*y)*coth(t*x) - x*sin(t^2*y)/sinh(t*x)^2
"""

# --- Вопрос 10
q10_formula_z = "x @ W"
q10_formula_dW = "x.T @ dz"
q10_formula_dx = "dz @ W.T"

q10_z = [-7, 5]
q10_dz = [3, -3]
q10_dW = [[6, -6], [-9, 9]]
q10_dx = [9, 18]


def linear_forward(x, W):
    return x @ W


def linear_backward(x, W, dz):
    dW = x.T @ dz
    dx = dz @ W.T
    return dW, dx


# --- Вопрос 11
q11_formula_Z = "X @ W"
q11_formula_dW = "X.T @ dZ"
q11_Z = [[12, 2], [-12, 15]]
q11_dW = [[-7, 9], [-7, -1], [6, 8]]
q11_dW_with_q10 = [[-4, 9], [-17, 21]]


def batch_forward(X, W, b):
    return X @ W + b


def batch_backward(X, W, b, dZ):
    dW = X.T @ dZ
    db = np.sum(dZ, axis=0)
    return dW, db


# --- Вопрос 13
def conv2d(V, W, padding, stride):
    h, w = V.shape
    kh, kw = W.shape
    P = np.zeros((h + 2 * padding, w + 2 * padding))
    P[padding:padding + h, padding:padding + w] = V
    out_h = (h + 2 * padding - kh) // stride + 1
    out_w = (w + 2 * padding - kw) // stride + 1
    G = np.zeros((out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            s = 0
            for a in range(kh):
                for b in range(kw):
                    s += P[i * stride + a, j * stride + b] * W[a, b]
            G[i, j] = s
    return G


def conv2d_backward(dG, V, W, padding, stride):
    h, w = V.shape
    kh, kw = W.shape
    P = np.zeros((h + 2 * padding, w + 2 * padding))
    P[padding:padding + h, padding:padding + w] = V
    dP = np.zeros_like(P)
    dW = np.zeros_like(W)
    for i in range(dG.shape[0]):
        for j in range(dG.shape[1]):
            for a in range(kh):
                for b in range(kw):
                    dP[i * stride + a, j * stride + b] += dG[i, j] * W[a, b]
                    dW[a, b] += dG[i, j] * P[i * stride + a, j * stride + b]
    return dP[padding:padding + h, padding:padding + w], dW


q13_G = "V2*W1 + V3*W2 + V5*W3 + V6*W4"
q13_error_dW = "dG1*V5 + dG2*V6 + dG3*V8 + dG4*V9"
q13_dW_by_hand = [[25, 5], [14, 11]]
q13_weights = 180
q13_kernels = "A-1 B-2 C-3"

if __name__ == "__main__":
    print(conv2d(np.arange(9.).reshape(3, 3), np.ones((2, 2)), 0, 1))
