import numpy as np

# веса как на лекции: w = exp(-y f(x)), на сумму не делю


def adaboost(X, y, fit, K):
    f = np.zeros(len(y))
    w = np.ones(len(y)) / len(y)
    alphas = np.empty(K)
    for k in range(K):
        t = fit(X, y, w)(X)
        eps = w[t != y].sum() / w.sum()
        alphas[k] = np.log((1 - eps) / eps) / 2
        f += alphas[k] * t
        w = np.exp(-y * f)
    return w, alphas, np.sign(f)
