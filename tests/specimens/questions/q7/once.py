import numpy as np


def gradient_boost(X, y, fit, dloss, N):
    a = np.zeros(len(y))
    s = -dloss(y, a)
    for _ in range(N):
        a += fit(X, s)(X)
    return a
