import numpy as np

q14_receptive = 26
q14_ways = ['1', '2', '3', '6']
q14_dX = [[0, 0, 0], [0, 0, 8], [0, -2, 0]]


def receptive_field(layers):
    r, s = 1, 1
    for layer in layers:
        r += (layer[0] - 1) * s
        s *= layer[1]
    return r


def maxpool(X, size, stride):
    w, h = size
    n, m = (X.shape[0] - h) // stride + 1, (X.shape[1] - w) // stride + 1
    Y = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            Y[i, j] = np.max(X[i * stride : i * stride + h, j * stride : j * stride + w])
    return Y


def maxpool_backward(dY, X, size, stride):
    h, w = size
    dX = np.zeros_like(X)
    for i in range(dY.shape[0]):
        for j in range(dY.shape[1]):
            k = np.argmax(X[i * stride : i * stride + h, j * stride : j * stride + w])
            dX[i * stride + k // h, j * stride + k % h] += dY[i, j]
    return dX
