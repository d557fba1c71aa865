import numpy as np

q14_receptive = 113
q14_ways = ['5', '6']
q14_dX = [[0, -0.5, -0.5], [-0.5, -1, -0.5], [-0.5, -0.5, 0]]


def receptive_field(layers):
    field, step = 1, 1
    for kernel, stride in layers:
        step = step * stride
        field = field + (kernel - 1) * step
    return field


def maxpool(X, size, stride):
    h, w = size
    Y = np.zeros(((X.shape[0] - h) // stride + 1, (X.shape[1] - w) // stride + 1))
    for p in range(h):
        for q in range(w):
            for i in range(Y.shape[0]):
                for j in range(Y.shape[1]):
                    Y[i, j] = max(Y[i, j], X[i * stride + p, j * stride + q])
    return Y


def maxpool_backward(dY, X, size, stride):
    h, w = size
    dX = np.zeros_like(X, dtype=float)
    for i in range(dY.shape[0]):
        for j in range(dY.shape[1]):
            for p in range(h):
                for q in range(w):
                    dX[i * stride + p, j * stride + q] += dY[i, j] / (h * w)
    return dX
