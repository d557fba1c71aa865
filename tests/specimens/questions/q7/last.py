import numpy as np


def gradient_boost(X, y, fit, dloss, N):
    z = np.zeros(len(X))
    for n in range(1, N + 1):
        s = -dloss(y, z)
        b = fit(X, s)
        z = b(X)
    return z
