import numpy as np


def adaboost(X, y, fit, K):
    N = len(y)
    w = np.array([1 / N] * N)
    d = w.copy()  # рабочая копия весов
    f = np.zeros(N)
    alphas = []
    for k in range(K):
        t = fit(X, y, d)
        pred = t(X)
        eps = sum(d[i] for i in range(N) if pred[i] != y[i])
        alpha = 0.5 * np.log((1 - eps) / eps)
        alphas.append(alpha)
        f += alpha * pred
        for i in range(N):
            d[i] *= np.exp(-alpha * y[i] * pred[i])
        d /= d.sum()
    return w, alphas, np.where(f > 0, 1, -1)
