import numpy as np

q14_receptive = 11
q14_ways = ['2', '5', '6']
q14_dX = [[0, 0, 0], [3, -1, 0], [0, 2, 0]]


def receptive_field(layers):
    r = 1
    for k, s in reversed(layers):
        r = (r - 1) * s + k
    return r


def maxpool(X, size, stride):
    h, w = size
    rows = (X.shape[0] - h) // stride + 1
    cols = (X.shape[1] - w) // stride + 1
    Y = np.empty((rows, cols))
    for i in range(rows):
        for j in range(cols):
            Y[i, j] = X[i * stride : i * stride + h, j * stride : j * stride + w].max()
    return Y


def maxpool_backward(dY, X, size, stride):
    h, w = size
    grad = np.zeros(X.shape)
    for i in range(dY.shape[0]):
        for j in range(dY.shape[1]):
            patch = X[i * stride : i * stride + h, j * stride : j * stride + w]
            a, b = np.unravel_index(patch.argmax(), patch.shape)
            grad[i * stride + a, j * stride + b] += dY[i, j]
    return grad
