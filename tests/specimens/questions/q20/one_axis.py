import numpy as np

q20_unpooled = [[0, 0, 0, 11], [19, 0, 0, 0], [0, 15, 0, 18], [0, 0, 0, 0]]
q20_by_hand = [[3, 5, -2], [-2, 9, -2], [-1, 2, 0]]
q20_why = '1'


def unpool_nearest(X, k):
    return X.repeat(k, axis=0)


def max_unpool(X, indices, shape):
    Y = np.zeros(shape)
    for i in range(len(X)):
        for j in range(len(X[0])):
            Y[indices[i, j] // shape[0], indices[i, j] % shape[0]] = X[i, j]
    return Y


def conv_transpose2d(X, W, stride):
    V = W.T
    Y = np.zeros(((X.shape[0] - 1) * stride + V.shape[0], (X.shape[1] - 1) * stride + V.shape[1]))
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            Y[i * stride : i * stride + V.shape[0], j * stride : j * stride + V.shape[1]] += X[i, j] * V
    return Y
