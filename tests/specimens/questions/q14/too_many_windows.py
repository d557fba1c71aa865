import numpy as np

q14_receptive = 53
q14_ways = ['2', '3', '4', '6']
q14_dX = [[0, 0, 0], [0, 0, 0], [0, -3, -3]]


def receptive_field(layers):
    r, s = 1, 1
    for k, stride in layers:
        r, s = r + (k - 1) * s, s * stride
    return r


def maxpool(X, size, stride):
    n, m = X.shape[0] // stride, X.shape[1] // stride
    Y = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            Y[i, j] = np.max(X[i * stride : i * stride + size[0], j * stride : j * stride + size[1]])
    return Y


def maxpool_backward(dY, X, size, stride):
    h, w = size
    dX = np.zeros_like(X)
    for i in range(dY.shape[0]):
        for j in range(dY.shape[1]):
            patch = X[i : i + h, j : j + w]
            a, b = np.unravel_index(np.argmax(patch), patch.shape)
            dX[i * stride + a, j * stride + b] += dY[i, j]
    return dX
