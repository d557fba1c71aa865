# Орлов Тимофей
import numpy as np

# "переворачиваем ядро"
t1_valid = [[11, 6], [11, 3]]
t1_framed = [[0, 2, -1], [11, 8, 2], [0, -5, 7]]
t1_large = [[15, 12, 15], [3, 6, 12], [12, 12, 9]]

t2_answer = "t*((sin(y*x**2)*y*2*x + (cosh(t*y*x) + x*sinh(t*y*x)*t*y))/(cos(y*x**2) + x*cosh(t*y*x)))"

q10_formula_z = "x@W"
q10_formula_dW = "x.T@dz"
q10_formula_dx = "dz@W.T"
q10_z = [7, -12]
q10_dz = [2, -3]
q10_dW = [[-6, 9], [4, -6]]
q10_dx = [-12, 7]

def linear_forward(x, W):
    return np.array(x) @ W

def linear_backward(x, W, dz):
    return x.reshape(-1, 1) * dz.reshape(1, -1), dz @ W.transpose()

q11_formula_Z = "X@W"
q11_formula_dW = "X.T@dZ"
q11_Z = [[5, 12], [-6, -9]]
q11_dW = [[-4, -8], [-10, 0], [7, -1]]
q11_dW_with_q10 = [[-18, 5], [19, -1]]

def batch_forward(X, W, b):
    return np.array([x @ W + b for x in X])

def batch_backward(X, W, b, dZ):
    dW = np.sum([np.outer(x, d) for x, d in zip(X, dZ)], axis=0)
    db = np.sum([d for d in dZ], axis=0)
    return dW, db

def flip(W):
    return W[::-1]

def conv2d(V, W, padding, stride):
    P, K = np.pad(V, padding), flip(W)
    n = (P.shape[0] - K.shape[0]) // stride + 1
    m = (P.shape[1] - K.shape[1]) // stride + 1
    G = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            G[i, j] = np.sum(P[i * stride:, j * stride:][:K.shape[0], :K.shape[1]] * K)
    return G

def conv2d_backward(dG, V, W, padding, stride):
    P, K = np.pad(V, padding), flip(W)
    dP, dK = np.zeros(P.shape), np.zeros(K.shape)
    for i in range(dG.shape[0]):
        for j in range(dG.shape[1]):
            dP[i * stride:, j * stride:][:K.shape[0], :K.shape[1]] += dG[i, j] * K
            dK += dG[i, j] * P[i * stride:, j * stride:][:K.shape[0], :K.shape[1]]
    return dP[padding:padding + V.shape[0], padding:padding + V.shape[1]], flip(dK)

q13_G = "V1*W3 + V2*W4 + V4*W1 + V5*W2"
q13_error_dW = "dG1*V1 + dG2*V2 + dG3*V4 + dG4*V5"
q13_dW_by_hand = [[10, 4], [16, 7]]
q13_weights = 432
q13_kernels = "A-2 B-3 C-1"
