import numpy as np


def boost_regression(X, y, fit, K, lam):
    trees = []

    def composition(Z):
        out = np.zeros(Z.shape[0])
        for t in trees:
            out += lam * t(Z)
        return out

    for _ in range(K):
        trees.append(fit(X, y - composition(X)))
    return sum(t(X) for t in trees)
