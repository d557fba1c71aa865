import numpy as np

q14_receptive = "18"
q14_ways = "['4', '5', '6']"
q14_dX = np.array([[0, 0, 0], [0, -4, -5], [0, 0, 0]])


def receptive_field(layers):
    if not layers:
        return 1
    (k, s), *rest = layers
    return s * (receptive_field(rest) - 1) + k


def patches(X, size, stride):
    for i, top in enumerate(range(0, len(X) - size[0] + 1, stride)):
        for j, left in enumerate(range(0, len(X[0]) - size[1] + 1, stride)):
            yield i, j, slice(top, top + size[0]), slice(left, left + size[1])


def maxpool(X, size, stride):
    out = {}
    for i, j, r, c in patches(X, size, stride):
        out[i, j] = X[r, c].max()
    n, m = max(out)
    return [[out[i, j] for j in range(m + 1)] for i in range(n + 1)]


def maxpool_backward(dY, X, size, stride):
    dX = np.zeros_like(X)
    for i, j, r, c in patches(X, size, stride):
        dX[r, c] += (X[r, c] == X[r, c].max()) * dY[i, j]
    return dX
