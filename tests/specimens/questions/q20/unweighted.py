import numpy as np


def conv_transpose2d(X, W, stride):
    Y = np.zeros([(n - 1) * stride + k for n, k in zip(X.shape, W.shape)])
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            Y[i * stride : i * stride + W.shape[0], j * stride : j * stride + W.shape[1]] += W
    return Y
