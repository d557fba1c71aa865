import numpy as np

q20_by_hand = [[2, 2, 0], [0, -2, -2], [-2, -4, -2]]


def max_unpool(X, indices, shape):
    k = shape[0] // X.shape[0]
    Y = np.zeros(shape)
    big = np.repeat(np.repeat(X, k, axis=0), k, axis=1)
    Y[: big.shape[0], : big.shape[1]] = big
    return Y


def conv_transpose2d(X, W, stride):
    a, b = W.shape
    Y = np.zeros((X.shape[0] + a - 1, X.shape[1] + b - 1))
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            Y[i : i + a, j : j + b] += X[i, j] * W
    return Y
