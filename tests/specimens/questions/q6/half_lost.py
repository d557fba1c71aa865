import numpy as np

q6_error = "4/12"
q6_updated = "1/24, 1/6, 1/12, 2/3, 1/24"
q6_curves = "A-2 B-1 C-3 D-4"


def adaboost(X, y, fit, K):
    w = np.ones(len(y)) / len(y)
    F = np.zeros(len(y))
    al = []
    for i in range(K):
        h = fit(X, y, w)(X)
        e = w.dot(h != y)
        a = np.log((1 - e) / e)
        al.append(a)
        F += a * h
        w = w * np.exp(-a * y * h)
        w = w / w.sum()
    return w, al, np.sign(F)
