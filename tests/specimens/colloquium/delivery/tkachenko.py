# Ткаченко Семён
import matplotlib.pyplot as plt
import numpy as np

t1_valid = [[12, 5], [-6, 2]]
t1_framed = [[14, 8, -1], [27, 20, 10], [21, 9, -1]]
t1_large = [[15, 14, 1], [13, 17, 9], [10, 8, 22]]
t2_answer = "-t/ch(t*y + x)^2*cos(y^2 + t) - th(t*y + x)*sin(y^2 + t)*2*y"
q10_formula_z = "x @ W"
q10_formula_dW = "x.T @ dz"
q10_formula_dx = "dz @ W.T"
q10_z = [-3, -4]
q10_dz = [-3, 3]
q10_dW = [[-3, 3], [-6, 6]]
q10_dx = [3, -3]
q11_formula_Z = "X @ W"
q11_formula_dW = "X.T @ dZ"
q11_Z = [[5, 7], [-8, 2]]
q11_dW = [[-3, 2], [-7, 2], [4, -1]]
q11_dW_with_q10 = [[2, 13], [-2, 14]]


def linear_forward(x, W):
    W *= x.T            # экономлю память
    return W.sum(axis=0, keepdims=True)


def linear_backward(x, W, dz):
    dW = x.T @ dz
    W *= dz
    return dW, W.sum(axis=1, keepdims=True).T


def batch_forward(X, W, b):
    return X @ W + b


def batch_backward(X, W, b, dZ):
    dW = X.T @ dZ
    for i in range(1, len(dZ)):
        dZ[0] += dZ[i]
    b[:] = dZ[0]
    return dW, b


def conv2d(V, W, padding, stride):
    P = np.zeros((V.shape[0] + 2 * padding, V.shape[1] + 2 * padding))
    P[padding:padding + V.shape[0], padding:padding + V.shape[1]] = V
    h, w = W.shape
    G = np.array([[np.sum(P[i:i + h, j:j + w] * W) for j in range(0, P.shape[1] - w + 1, stride)]
                  for i in range(0, P.shape[0] - h + 1, stride)])
    V[:] = 0
    return G


def conv2d_backward(dG, V, W, padding, stride):
    P = np.zeros((V.shape[0] + 2 * padding, V.shape[1] + 2 * padding))
    P[padding:padding + V.shape[0], padding:padding + V.shape[1]] = V
    h, w = W.shape
    dP, dW = np.zeros(P.shape), np.zeros(W.shape)
    for i in range(dG.shape[0]):
        for j in range(dG.shape[1]):
            dP[i * stride:i * stride + h, j * stride:j * stride + w] += dG[i, j] * W
            dW += dG[i, j] * P[i * stride:i * stride + h, j * stride:j * stride + w]
    V[:] = dP[padding:padding + V.shape[0], padding:padding + V.shape[1]]
    return V, dW


q13_G = "V1*W1 + V2*W2 + V4*W3 + V5*W4"
q13_error_dW = "dG1*V5 + dG2*V6 + dG3*V8 + dG4*V9"
q13_dW_by_hand = [[-3, 9], [7, -10]]
q13_weights = 1600
q13_kernels = "A-3 B-2 C-1"

plt.plot(np.linspace(0, 1), np.tanh(np.linspace(0, 1)), label="th")
plt.legend()
plt.show()
