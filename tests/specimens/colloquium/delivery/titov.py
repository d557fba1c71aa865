# Титов. На паре не был, писал сам
import numpy as np

t1_valid = [[13, 1, -1], [2, 5, 2], [4, 2, 0]]
t1_framed = [[42, 36, 17], [47, 37, 25], [37, 28, 32]]
t1_large = [[13, 12, 18, 9], [19, 21, 11, 6], [17, 16, 19, 6], [6, 4, 12, 9]]
t2_answer = "-(x*acos(t*y*x) + 2)**(y*x)*(y*log(x*acos(t*y*x) + 2) + y*x*(acos(t*y*x) - x*(t*y/sqrt(1 - (t*y*x)**2)))/(x*acos(t*y*x) + 2))"

q10_formula_z = "x@W"
q10_formula_dW = "dz.T@x"
q10_formula_dx = "dz@W"
q10_z = [-12, 7]
q10_dz = [6, -6]
q10_dW = [[3, 9], [-3, -9]]
q10_dx = [0, -3]

def linear_forward(x, W):
    return x @ W

def linear_backward(x, W, dz):
    return dz.T @ x, dz @ W

q11_formula_Z = "X@W"
q11_formula_dW = "dZ.T@X"
q11_Z = [[-3, -2], [0, -3]]
q11_dW = [[2, -4, -1], [-2, 4, 1]]
q11_dW_with_q10 = [[-8, 8], [10, -10]]

def batch_forward(X, W, b):
    return X @ W + b

def batch_backward(X, W, b, dZ):
    return dZ.T @ X, dZ.sum(axis=0) / len(X)

def conv2d(V, W, padding, stride):
    a, b = W.shape
    return np.array([[np.sum(V[i:i+a, j:j+b] * W) for j in range(V.shape[1] - b + 1)]
                     for i in range(V.shape[0] - a + 1)])

def conv2d_backward(dG, V, W, padding, stride):
    a, b = W.shape
    dV, dW = np.zeros_like(V), np.zeros_like(W)
    for i in range(dG.shape[0]):
        for j in range(dG.shape[1]):
            dV[i:i+a, j:j+b] += dG[i, j] * W
            dW += dG[i, j] * V[i:i+a, j:j+b]
    return dV, dW

q13_G = "V1 + W1 + V2 + W2 + V4 + W3 + V5 + W4"
q13_error_dW = "dG1*V1 + dG2*V2 + dG3*V4 + dG4*V5"
q13_dW_by_hand = [[10, 13], [5, 12]]
q13_weights = 168
q13_kernels = "A-1 B-3 C-2"
