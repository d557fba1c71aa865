import numpy as np


def conv_transpose2d(X, W, stride):
    a, b = W.shape
    Y = np.zeros(((X.shape[0] - 1) * stride + a, (X.shape[1] - 1) * stride + b))
    for (i, j), number in np.ndenumerate(X):
        Y[i * stride : i * stride + a, j * stride : j * stride + b] += number * W
    return Y[1:-1, 1:-1]
