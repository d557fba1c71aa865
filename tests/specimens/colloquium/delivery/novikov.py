#!/usr/bin/env python2
# -*- coding: utf-8 -*-
# Новиков П., python 2.7
import numpy as np

print "kollokvium"

# t1: складываю ядро с картинкой
t1_valid = [[10, 19], [16, 21]]
t1_framed = [[11, 14, 9], [20, 23, 13], [14, 15, 9]]
t1_large = [[4, 8, 13], [11, 15, 13], [16, 15, 14]]
t2_answer = "1/(1 + ((t*x + y)*cosh(t*x**2))**2)"

q10_formula_z = "x @ W"
q10_formula_dW = "x.T @ dz"
q10_formula_dx = "dz @ W.T"
q10_z = [-4, -5]
q10_dz = [3, -2]
q10_dW = [[6, -4], [9, -6]]
q10_dx = [5, -4]
q11_formula_Z = "X @ W"
q11_formula_dW = "X.T @ dZ"
q11_Z = [[-12, 10], [3, -3]]
q11_dW = [[-5, 5], [2, 9], [4, -7]]
q11_dW_with_q10 = [[16, 1], [1, -10]]


def linear_forward(x, W):
    z = []
    for j in xrange(W.shape[1]):
        s = 0L
        for i in xrange(W.shape[0]):
            s += x[0][i] * W[i][j]
        z.append(s)
    return np.array([z])


def linear_backward(x, W, dz):
    dW = np.zeros(W.shape)
    dx = np.zeros(x.shape)
    for i, j in [(i, j) for i in xrange(W.shape[0]) for j in xrange(W.shape[1])]:
        dW[i, j] = x[0, i] * dz[0, j]
        dx[0, i] += dz[0, j] * W[i, j]
    return dW, dx


def batch_forward(X, W, b):
    rows = map(lambda x: linear_forward(x.reshape(1, -1), W)[0] + b, X)
    return np.array(rows)


def batch_backward(X, W, b, dZ):
    grads = {}
    grads['W'] = reduce(lambda s, k: s + np.outer(X[k], dZ[k]), range(len(X)), 0)
    grads['b'] = dZ.sum(axis=0)
    if not grads.has_key('b'):
        raise ValueError, "no bias"
    return grads['W'], grads['b']


def conv2d(V, W, padding, stride):
    H = (V.shape[0] + 2 * padding - W.shape[0]) / stride + 1
    L = (V.shape[1] + 2 * padding - W.shape[1]) / stride + 1
    P = np.zeros((V.shape[0] + 2 * padding, V.shape[1] + 2 * padding))
    P[padding:padding + V.shape[0], padding:padding + V.shape[1]] = V
    G = np.zeros((H, L))
    for i in xrange(H):
        for j in xrange(L):
            G[i, j] = np.sum(P[i * stride:i * stride + W.shape[0], j * stride:j * stride + W.shape[1]] * W)
    return G


def conv2d_backward(dG, V, W, padding, stride):
    P = np.zeros((V.shape[0] + 2 * padding, V.shape[1] + 2 * padding))
    P[padding:padding + V.shape[0], padding:padding + V.shape[1]] = V
    dP = np.zeros(P.shape)
    dW = np.zeros(W.shape)
    for i in xrange(dG.shape[0]):
        for j in xrange(dG.shape[1]):
            r = slice(i * stride, i * stride + W.shape[0])
            c = slice(j * stride, j * stride + W.shape[1])
            dP[r, c] += dG[i, j] * W
            dW += dG[i, j] * P[r, c]
    return dP[padding:padding + V.shape[0], padding:padding + V.shape[1]], dW


q13_G = "V2+W1 + V3+W2 + V5+W3 + V6+W4"
q13_error_dW = "dG1*V1 + dG2*V2 + dG3*V4 + dG4*V5"
q13_dW_by_hand = [[20, 24], [20, 19]]
q13_weights = 1568
q13_kernels = "A-3 B-1 C-2"

for i in xrange(3):
    print i, conv2d(np.ones((3, 3)), np.ones((2, 2)), 0, 1)[0, 0]
