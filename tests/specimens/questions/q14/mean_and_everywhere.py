import numpy as np

q14_receptive = 10
q14_ways = ['2', '4']
q14_dX = [[1, -2, -3], [-2, -8, -6], [-3, -6, -3]]


def receptive_field(layers):
    return sum(k - 1 for k, s in layers) + 1


def maxpool(X, size, stride):
    n = (X.shape[0] - size[0]) // stride + 1
    m = (X.shape[1] - size[1]) // stride + 1
    return np.array(
        [[X[i * stride :, j * stride :][: size[0], : size[1]].mean() for j in range(m)] for i in range(n)]
    )


def maxpool_backward(dY, X, size, stride):
    out = np.zeros(X.shape)
    for (i, j), g in np.ndenumerate(dY):
        out[i * stride : i * stride + size[0], j * stride : j * stride + size[1]] += g
    return out
