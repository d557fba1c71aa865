import numpy as np

q6_updated = "3/10, 1/5, 3/10, 1/20, 3/20"


def adaboost(X, y, fit, K):
    w = np.ones(len(y)) / len(y)
    alpha, f = np.zeros(K), np.zeros(len(y))
    for k in range(K):
        t = fit(X, y, w)(X)
        eps = w[t != y].sum()
        alpha[k] = 0.5 * np.log((1 - eps) / eps)
        f += alpha[k] * t
        w *= np.exp(alpha[k] * y * t)
        w /= w.sum()
    return w, alpha, np.sign(f)
