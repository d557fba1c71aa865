import numpy as np


def adaboost(X, y, fit, K):
    weights = [1 / len(y)] * len(y)
    alphas, f = [], [0] * len(y)
    for k in range(K):
        answers = fit(X, y, weights)(X)
        bad = sum(w for w, a, b in zip(weights, answers, y) if a != b)
        good = sum(w for w, a, b in zip(weights, answers, y) if a == b)
        alpha = np.log(good / bad) / 2
        alphas.append(alpha)
        weights = [w * np.exp(-alpha * a * b) for w, a, b in zip(weights, answers, y)]
        f = [s + alpha * a for s, a in zip(f, answers)]
    return weights, alphas, [1 if s > 0 else -1 for s in f]
