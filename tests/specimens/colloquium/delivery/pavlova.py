import numpy as np
# Павлова К.

t1_valid  = [[27, 27], [8, 13]]
t1_framed = [[15, 44, 29], [34, 51, 30], [42, 33, 34]]    # по краям повторила крайние пиксели
t1_large  = [[41, 15], [24, 38]]

t2_answer = "x*(x^3 - y*t + cth(2*y*x))^(x - 1)*(3*x^2 - 2*y/sh(2*y*x)^2)"

q10_formula_z  = "x ⊙ W"
q10_formula_dW = "x * dz"
q10_formula_dx = "dz * W"
q10_z  = [[-3, -4], [-9, 6]]
q10_dz = [3, -2]
q10_dW = [[-9, 4]]
q10_dx = [[3, -4], [9, 6]]

q11_formula_Z  = "X ⊙ W"
q11_formula_dW = "X * dZ"
q11_Z  = [[6, 2], [-16, 16]]
q11_dW = [[-9, 15], [10, -12], [-6, 0]]
q11_dW_with_q10 = [[-10, 10], [8, -8]]

def linear_forward(x, W):
    return x * W

def linear_backward(x, W, dz):
    dW = x * dz
    dx = dz * W
    return dW, dx

def batch_forward(X, W, b):
    return X.dot(W) + b

def batch_backward(X, W, b, dZ):
    return np.transpose(X).dot(dZ), dZ

def conv2d(V, W, padding, stride):
    V = np.pad(V, padding)
    res = []
    i = 0
    while i + W.shape[0] <= V.shape[0]:
        line = []
        j = 0
        while j + W.shape[1] <= V.shape[1]:
            line.append((V[i:i + W.shape[0], j:j + W.shape[1]] * W).sum())
            j += stride
        res.append(line)
        i += stride
    return res

def conv2d_backward(dG, V, W, padding, stride):
    P = np.pad(V, padding)
    dP = P * 0
    dW = W * 0
    for i, line in enumerate(dG):
        for j, g in enumerate(line):
            s = np.s_[i * stride:i * stride + W.shape[0], j * stride:j * stride + W.shape[1]]
            dP[s] += g * W
            dW += g * P[s]
    if padding == 0:
        return dP, dW
    return dP[padding:-padding, padding:-padding], dW

q13_G = "V4*W1 + V5*W2 + V7*W3 + V8*W4"
q13_error_dW = "dG1*V2 + dG2*V3 + dG3*V5 + dG4*V6"
q13_dW_by_hand = [[5, 7], [4, -3]]
q13_weights = 2352
q13_kernels = "A - 3; B - 1; C - 2"
