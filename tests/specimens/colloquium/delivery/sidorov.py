# Сидоров
from numpy import *

# T1: первую считал с переворотом ядра, потом решил не переворачивать
t1_valid = [[8, 8], [8, 6]]
t1_framed = [[6, -9, -15], [-9, -14, -5], [-8, -1, -2]]
t1_large = [[10, -5, 12], [5, 16, -3], [11, 1, 20]]

t2_answer = "5*y/sinh(5*y*t)**2*sin(y*x*t)*y*x"

q10_formula_z = "x*W".replace("*", "@")
q10_formula_dW = "x@dz.T"          # столбцы
q10_formula_dx = "dz@W.T"
q10_z, q10_dz = [15, -12], [-2, 1]
q10_dW = [[4, -2], [6, -3]]
q10_dx = [9, 8]

q11_formula_Z = "X@W"
q11_formula_dW = "X.T@dZ"
q11_Z = [[15, -10], [-10, 2]]
q11_dW = [[-4, -6], [-6, 5], [-2, 11]]
q11_dW_with_q10 = [[-4, 2], [-4, 2]]

def linear_forward(x, W):
    z = zeros((1, W.shape[1]))
    for j in range(W.shape[1]):
        z[0, j] = sum(x[0] * W[:, j])
    return z

def linear_backward(x, W, dz):
    n, m = W.shape
    dW = zeros((n, m)); dx = zeros((1, n))
    for i in range(n):
        for j in range(m):
            dW[i, j] = x[0, i] * dz[0, j]
            dx[0, i] += W[i, j] * dz[0, j]
    return dW, dx

def batch_forward(X, W, b):
    return array([linear_forward(X[k:k+1], W)[0] + b for k in range(X.shape[0])])

def batch_backward(X, W, b, dZ):
    dW = zeros(W.shape); db = zeros(b.shape)
    for k in range(X.shape[0]):
        dW += linear_backward(X[k:k+1], W, dZ[k:k+1])[0]
        db += dZ[k]
    return dW, db

def frame(V, p):
    if p == 0:
        return V
    P = zeros((V.shape[0] + 2*p, V.shape[1] + 2*p))
    P[p:-p, p:-p] = V
    return P

def conv2d(V, W, padding, stride):
    P = frame(V, padding)
    n = (P.shape[0] - W.shape[0])//stride + 1
    m = (P.shape[1] - W.shape[1])//stride + 1
    G = empty((n, m))
    for i in range(n):
        for j in range(m):
            G[i, j] = sum(P[i*stride:i*stride+W.shape[0], j*stride:j*stride+W.shape[1]] * W)
    return G

def conv2d_backward(dG, V, W, padding, stride):
    P = frame(V, padding)
    dP = zeros(P.shape); dW = zeros(W.shape)
    kh, kw = W.shape
    for i in range(dG.shape[0]):
        for j in range(dG.shape[1]):
            dP[i*stride:i*stride+kh, j*stride:j*stride+kw] += dG[i, j]*W
            dW += dG[i, j]*P[i*stride:i*stride+kh, j*stride:j*stride+kw]
    if padding > 0:
        dP = dP[padding:-padding, padding:-padding]
    return dP, dW

q13_G = "V5*W4 + V6*W3 + V8*W2 + V9*W1"     # по определению свёртки
q13_error_dW = "dG1*V2 + dG2*V3 + dG3*V5 + dG4*V6"
q13_dW_by_hand = [[20, 2], [-5, 1]]
q13_weights = 3*3*2*16
q13_kernels = "A-2, B-3, C-1"
