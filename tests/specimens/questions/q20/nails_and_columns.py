import numpy as np

q20_unpooled = [[5, 5, 2, 2], [5, 5, 2, 2], [3, 3, 9, 9], [3, 3, 9, 9]]
q20_by_hand = [[-9, -3, 0], [15, -6, -1], [-6, 8, -2]]
q20_why = '2'


def unpool_nearest(X, k):
    Y = np.zeros((X.shape[0] * k, X.shape[1] * k))
    Y[::k, ::k] = X
    return Y


def max_unpool(X, indices, shape):
    Y = np.zeros(shape)
    for number, place in zip(np.ravel(X), np.ravel(indices)):
        Y[place % shape[0], place // shape[0]] = number
    return Y


def conv_transpose2d(X, W, stride):
    W = np.rot90(W, 2)
    out = np.zeros(tuple((n - 1) * stride + k for n, k in zip(X.shape, W.shape)))
    for (i, j), x in np.ndenumerate(X):
        out[i * stride :, j * stride :][: W.shape[0], : W.shape[1]] += x * W
    return out
