import numpy as np

q20_unpooled = [[0, 0, 0, 0], [7, 0, 3, 0], [0, 0, 0, 0], [2, 0, 9, 0]]
q20_by_hand = [[-3, 8, -4], [0, 13, -10], [3, 3, -6]]
q20_why = '4'


def unpool_nearest(X, k):
    H, W = X.shape
    Y = np.zeros((k * H, k * W))
    for i in range(k * H):
        for j in range(k * W):
            Y[i, j] = X[i // k, j // k]
    return Y


def max_unpool(X, indices, shape):
    Y = np.zeros(shape)
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            r, c = divmod(int(indices[i, j]), shape[1])
            Y[r, c] = X[i, j]
    return Y


def conv_transpose2d(X, W, stride):
    a, b = W.shape
    Y = np.zeros(((X.shape[0] - 1) * stride + a, (X.shape[1] - 1) * stride + b))
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            for p in range(a):
                for q in range(b):
                    Y[i * stride + p, j * stride + q] += X[i, j] * W[p, q]
    return Y
