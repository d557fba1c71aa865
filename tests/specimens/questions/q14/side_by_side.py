import numpy as np

q14_receptive = 2
q14_ways = ['1', '2', '3', '5']
q14_dX = [[0, 0, 0], [0, 0, 4], [-1, 0, 0]]


def receptive_field(layers):
    kernel, stride = layers[-1]
    return kernel


def maxpool(X, size, stride):
    h, w = size
    rows = range(0, X.shape[0] - h + 1, h)
    columns = range(0, X.shape[1] - w + 1, w)
    return np.array([[X[r : r + h, c : c + w].max() for c in columns] for r in rows])


def maxpool_backward(dY, X, size, stride):
    h, w = size
    dX = np.zeros_like(X)
    for i in range(dY.shape[0]):
        for j in range(dY.shape[1]):
            block = X[i * stride : i * stride + h, j * stride : j * stride + w]
            dX[i * stride : i * stride + h, j * stride : j * stride + w] = (block == block.max()) * dY[i, j]
    return dX
