from math import log

import numpy as np
import trees

q6_error = "5/15"
q6_alpha = r"\ln 2"
q6_updated = "1/5, 1/2, 1/20, 3/20, 1/10"
q6_curves = {"A": 2, "B": 1, "C": 4, "D": 3}
q6_methods = "1-МНК, 2-SVM, 3-AdaBoost, 4-логистическая регрессия"


def adaboost(X, y, fit=trees.fit_stump, K=5):
    # SAMME, как в sklearn
    w = np.ones(len(y)) / len(y)
    forest, alpha = [], []
    while len(forest) < K:
        tree = fit(X, y, w)
        wrong = tree(X) != y
        e = np.average(wrong, weights=w)
        alpha.append(log((1 - e) / e))
        forest.append(tree)
        w = w * np.exp(alpha[-1] * wrong)
        w = w / np.sum(w)
    votes = sum(a * t(X) for a, t in zip(alpha, forest))
    return w, np.array(alpha), np.sign(votes)
