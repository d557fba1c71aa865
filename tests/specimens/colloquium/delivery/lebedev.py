from __future__ import print_function
from builtins import range
from past.builtins import xrange
import numpy as np
from cs231n.fast_layers import *
from cs231n.gradient_check import eval_numerical_gradient_array
from cs231n.im2col import im2col_indices

# Лебедев И.  T1 - cross-correlation как в cs231n
t1_valid = [[2, 17], [2, 6]]
t1_framed = [[9, 20, 4], [15, 23, 4], [6, -2, 5]]
t1_large = [[52, 54], [35, 65]]
t2_answer = "(y*x + cosh(5*x*t)*5*x)/log(y*x*t + 5 + sinh(5*x*t))"

q10_formula_z = "x.dot(W)"
q10_formula_dW = "x.T.dot(dz)"
q10_formula_dx = "dz.dot(W.T)"
q10_z = [[1, 9]]
q10_dz = [[-2, 1]]
q10_dW = [[-2, 1], [4, -2]]
q10_dx = [[5, -1]]
q11_formula_Z = "X.dot(W)"
q11_formula_dW = "X.T.dot(dZ)"
q11_Z = [[18, -1], [15, -2]]
q11_dW = [[0, -4], [-1, 10], [0, -12]]
q11_dW_with_q10 = [[-7, -14], [0, -14]]


def linear_forward(x, W):
    out = x.dot(W)
    return out


def linear_backward(x, W, dz):
    dx = dz.dot(W.T)
    dw = x.T.dot(dz)
    return dw, dx


def batch_forward(X, W, b):
    """
    Computes the forward pass for an affine layer.
    """
    out = X.dot(W)
    return out


def batch_backward(X, W, b, dZ):
    dx = dZ.dot(W.T)
    dw = X.T.dot(dZ)
    db = np.sum(dZ, axis=0)
    return dw, db, dx


def conv2d(V, W, padding, stride):
    H, Wid = V.shape
    HH, WW = W.shape
    x_pad = np.pad(V, ((padding, padding), (padding, padding)), mode='constant')
    H_out = 1 + (H + 2 * padding - HH) // stride
    W_out = 1 + (Wid + 2 * padding - WW) // stride
    out = np.zeros((H_out, W_out))
    for i in xrange(H_out):
        for j in xrange(W_out):
            out[i, j] = np.sum(x_pad[i*stride:i*stride+HH, j*stride:j*stride+WW] * W)
    return out


def conv2d_backward(dG, V, W, padding, stride):
    HH, WW = W.shape
    x_pad = np.pad(V, ((padding, padding), (padding, padding)), mode='constant')
    dx_pad = np.zeros_like(x_pad)
    dw = np.zeros_like(W)
    for i in xrange(dG.shape[0]):
        for j in xrange(dG.shape[1]):
            window = x_pad[i*stride:i*stride+HH, j*stride:j*stride+WW]
            dw += window * dG[i, j]
            dx_pad[i*stride:i*stride+HH, j*stride:j*stride+WW] += W * dG[i, j]
    dx = dx_pad[padding:-padding, padding:-padding]
    return dx, dw


q13_G = "V1*W1 + V2*W2 + V4*W3 + V5*W4"
q13_error_dW = "dG1*V1 + dG2*V2 + dG3*V4 + dG4*V5"
q13_dW_by_hand = [[7, 4], [10, 10]]
q13_weights = 800
q13_kernels = "A-1 B-2 C-3"

if __name__ == '__main__':
    x = np.random.randn(4, 6)
    w = np.random.randn(3, 3)
    num = eval_numerical_gradient_array(lambda x: conv2d(x, w, 1, 1), x, np.ones((4, 6)))
    print('dx error: ', np.max(np.abs(num - conv2d_backward(np.ones((4, 6)), x, w, 1, 1)[0])))
