import numpy as np

q6_alpha = "log 3"


def adaboost(X, y, fit, K):
    w = np.repeat(1 / y.size, y.size)
    f, alphas = 0, []
    for _ in range(K):
        t = fit(X, y, w)(X)
        miss = (t != y)
        e = (w * miss).sum() / w.sum()
        alphas += [np.log(1 / e - 1)]
        w[miss] *= np.exp(alphas[-1])
        f = f + alphas[-1] * t
    return w, alphas, np.sign(f)
