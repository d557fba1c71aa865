import numpy as np

q6_error = 1/6
q6_alpha = "1/2 ln 5"
q6_updated = ["3/20", "1/4", "1/20", "1/20", "1/2"]
q6_curves = "A-1 B-3 C-4 D-2"
q6_methods = "1-c 2-b 3-d 4-a"


def adaboost(X, y, fit, K):
    n = len(y)
    w = np.full(n, 1.0 / n)
    score = np.zeros(n)
    alpha = []
    for _ in range(K):
        h = fit(X, y, w)(X)
        err = sum(w[i] for i in range(n) if h[i] != y[i])
        a = 0.5 * np.log((1 - err) / err)
        alpha.append(a)
        score = score + a * h
        for i in range(n):
            w[i] *= np.exp(-a * y[i] * h[i])
        w /= w.sum()
    return w, alpha, np.where(score > 0, 1, -1)
