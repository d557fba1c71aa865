import numpy as np

q20_unpooled = [[0, 0, 0, 0], [6, 0, 3, 0], [0, 0, 0, 8], [4, 0, 0, 0]]
q20_by_hand = [[2]]
q20_why = '3'


def unpool_nearest(X, k):
    return np.kron(X, np.full((k, k), 1 / (k * k)))


def max_unpool(X, indices, shape):
    Y = np.zeros(shape)
    numbers = list(X.flatten(order="F"))
    for place in indices.flatten():
        Y[divmod(place, shape[1])] = numbers.pop(0)
    return Y


def conv_transpose2d(X, W, stride):
    a, b = W.shape
    Y = np.zeros((X.shape[0] + (a - 1) * stride, X.shape[1] + (b - 1) * stride))
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            for p in range(a):
                for q in range(b):
                    Y[i + p * stride, j + q * stride] += X[i, j] * W[p, q]
    return Y
