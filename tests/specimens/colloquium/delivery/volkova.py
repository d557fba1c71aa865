# Волкова Ольга
import numpy as np

# задача 1 (про рамку забыла, кажется)
t1_valid = [[-4, 19], [2, 9]]
t1_framed = [[16]]
t1_large = [[-1, 9, 15], [9, 21, 13], [11, 7, -2]]

t2_answer = "(-2*y/sh(2*y*x)^2*(t*x + y + sh(t*x)) + cth(2*y*x)*(t + ch(t*x)*t))/(t*x + y + sh(t*x))^2"

q10_formula_z = "x W"
q10_formula_dW = "x^T dL/dz"
q10_formula_dx = "dL/dz W^T"

# z = xW
q10_z = [0, 2]
q10_dz = [3, -2]     # z - t
q10_dW = [[-6, 4], [9, -6]]
q10_dx = [13, 8]

def linear_forward(x, W):
    return np.dot(x, W)

def linear_backward(x, W, dz):
    return np.dot(x.T, dz), np.dot(dz, W.T)

q11_formula_Z = "X W"
q11_formula_dW = "X^T dL/dZ"
q11_Z = [[13, -9], [-2, 10]]
q11_dW = [[4, -7], [-9, -3], [-1, 3]]
q11_dW_with_q10 = [[-21, 19], [21, -18]]

def batch_forward(X, W, b):
    return np.add(np.dot(X, W), b)

def batch_backward(X, W, b, dZ):
    return np.dot(X.T, dZ), np.sum(dZ, 0)

def conv2d(V, W, padding, stride):
    a, b = W.shape
    n = (V.shape[0] - a) // stride + 1
    m = (V.shape[1] - b) // stride + 1
    G = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            G[i][j] = np.sum(V[i*stride:i*stride+a, j*stride:j*stride+b] * W)
    return G

def conv2d_backward(dG, V, W, padding, stride):
    a, b = W.shape
    dV = np.zeros(V.shape)
    dW = np.zeros(W.shape)
    for i in range(dG.shape[0]):
        for j in range(dG.shape[1]):
            dV[i*stride:i*stride+a, j*stride:j*stride+b] += dG[i][j] * W
            dW += dG[i][j] * V[i*stride:i*stride+a, j*stride:j*stride+b]
    return dV, dW

q13_G = "V2*W1 + V3*W2 + V5*W3 + V6*W4"
q13_error_dW = "dG1*V5 + dG2*V6 + dG3*V8 + dG4*V9"
q13_dW_by_hand = [[-7, 3], [-1, 13]]
q13_weights = 800
q13_kernels = "A-3 B-1 C-2"
