import numpy as np

q6_updated = [2/15, 4/15, 4/15, 4/15, 1/15]
q6_methods = "1d 2b 3a 4c"


def adaboost(X, y, fit, K):
    w = np.full(len(y), 1 / len(y))
    total = np.zeros(len(y))
    alphas = []
    for _ in range(K):
        tree = fit(X, y, w)
        pred = tree(X)
        eps = np.sum(w * (pred != y))
        alpha = np.log((1 - eps) / eps) / 2
        alphas.append(alpha)
        total += alpha * pred
    return w, alphas, np.sign(total)
