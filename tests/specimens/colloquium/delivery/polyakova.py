# Полякова Е.
import sys
import numpy as np

name = input("Введите фамилию: ")
print("Привет,", name)

t1_valid = [[3, 6], [4, 8]]
t1_framed = [[9, 27, 15], [16, 43, 33], [23, 35, 24]]
t1_large = [[5, -13], [3, 16]]
t2_answer = "(-cos(x*t*y)*x*t*cosh(5*t*y) - sin(x*t*y)*sinh(5*t*y)*5*t)/cosh(5*t*y)**2"
q10_formula_z = "x @ W"
q10_formula_dW = "x.T @ dz"
q10_formula_dx = "dz @ W.T"
q10_z = [-10, 0]
q10_dz = [1, 3]
q10_dW = [[-3, -9], [1, 3]]
q10_dx = [6, 8]
q11_formula_Z = "X @ W"
q11_formula_dW = "X.T @ dZ"
q11_Z = [[-12, -6], [8, 14]]
q11_dW = [[-5, 12], [0, 1], [5, -13]]
q11_dW_with_q10 = [[-11, -1], [-9, 13]]
q13_G = "V5*W1 + V6*W2 + V8*W3 + V9*W4"
q13_error_dW = "dG1*V1 + dG2*V2 + dG3*V4 + dG4*V5"
q13_dW_by_hand = [[26, 7], [26, 17]]
q13_weights = 980
q13_kernels = "A-3 B-1 C-2"


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
    n = (P.shape[0] - W.shape[0]) // stride + 1
    m = (P.shape[1] - W.shape[1]) // stride + 1
    G = np.zeros((n, m))
    for k in range(n * m):
        i, j = k // m, k % m
        G[i, j] = np.sum(P[i * stride:i * stride + W.shape[0], j * stride:j * stride + W.shape[1]] * W)
    return G


def conv2d_backward(dG, V, W, padding, stride):
    P = np.pad(V, padding)
    dP, dW = np.zeros(P.shape), np.zeros(W.shape)
    for i in range(P.shape[0]):
        for j in range(P.shape[1]):
            # какие окна накрывают пиксель (i, j)
            for a in range(W.shape[0]):
                for b in range(W.shape[1]):
                    if (i - a) % stride == 0 and (j - b) % stride == 0:
                        p, q = (i - a) // stride, (j - b) // stride
                        if 0 <= p < dG.shape[0] and 0 <= q < dG.shape[1]:
                            dP[i, j] += dG[p, q] * W[a, b]
                            dW[a, b] += dG[p, q] * P[i, j]
    return dP[padding:P.shape[0] - padding, padding:P.shape[1] - padding], dW


print("Готово")
sys.exit()
