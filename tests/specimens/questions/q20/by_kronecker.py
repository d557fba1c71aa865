import numpy as np


def unpool_nearest(X, k):
    return np.kron(X, np.ones((k, k)))


def max_unpool(X, indices, shape):
    big = np.zeros(shape[0] * shape[1])
    np.put(big, indices, X)
    return np.reshape(big, shape)


def conv_transpose2d(X, W, stride):
    H, B = X.shape
    h, w = W.shape
    big = np.zeros(((H - 1) * stride + h, (B - 1) * stride + w))
    for a in range(h):
        for b in range(w):
            big[a:a + (H - 1) * stride + 1:stride, b:b + (B - 1) * stride + 1:stride] += X * W[a, b]
    return big
