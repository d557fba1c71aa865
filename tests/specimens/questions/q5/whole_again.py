import numpy as np


def boost_regression(X, y, fit, K, lam):
    a = np.zeros(len(y))
    r = np.array(y, dtype=float)
    while K > 0:
        a += lam * fit(X, r)(X)
        r -= a
        K -= 1
    return a
