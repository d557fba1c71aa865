import numpy as np


def adaboost(X, y, fit, K):
    y01 = (np.array(y) == 1) * 1
    w = np.ones(len(y)) / len(y)
    alphas, f = [], 0
    for _ in range(K):
        t01 = (fit(X, y, w)(X) == 1) * 1
        eps = w[t01 != y01].sum()
        a = np.log((1 - eps) / eps) / 2
        alphas.append(a)
        f = f + a * t01
        w = w * np.exp(-a * y01 * t01)
        w = w / w.sum()
    return w, alphas, (f >= sum(alphas) / 2).astype(int)
