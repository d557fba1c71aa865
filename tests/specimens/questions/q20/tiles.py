import numpy as np

q20_unpooled = [[2, 0, 3, 0], [0, 0, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0]]
q20_by_hand = [[1, 0, 0], [-1, 1, 2], [1, -1, -3]]
q20_why = '3'


def unpool_nearest(X, k):
    return np.tile(X, (k, k))


def max_unpool(X, indices, shape):
    k = shape[0] // len(X)
    Y = np.zeros(shape)
    for i, row in enumerate(X):
        for j, number in enumerate(row):
            Y[i * k, j * k] = number
    return Y


def conv_transpose2d(X, W, stride):
    a, b = W.shape
    Y = np.zeros((stride * (len(X) - 1) + a, stride * (len(X[0]) - 1) + b))
    for i in range(len(X)):
        for j in range(len(X[0])):
            Y[i * stride : i * stride + a, j * stride : j * stride + b] = X[i, j] * W
    return Y
