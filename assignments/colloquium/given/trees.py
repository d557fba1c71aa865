"""Base learners for the tasks on boosting: trees with a single question, «is x[j] ≤ threshold?».

import trees

tree = trees.fit_tree(X, r)        # regression: answers the mean of r on either side
tree(X)                            # array of answers, one for each row of X

stump = trees.fit_stump(X, y, w)   # classification: y and the answers are −1 or 1, w are weights
stump(X)
"""

from itertools import pairwise

import numpy as np


def fit_tree(X, r):
    """Fit a regression tree of depth 1 to targets r by least squares."""
    X, r = np.asarray(X, dtype=float), np.asarray(r, dtype=float)
    best = None
    for j, threshold in questions(X):
        left = X[:, j] <= threshold
        answers = r[left].mean(), r[~left].mean()
        loss = ((r - np.where(left, *answers)) ** 2).sum()
        if best is None or loss < best[0] - 1e-9 * (1 + abs(best[0])):
            best = loss, j, threshold, answers
    if best is None:
        mean = r.mean()
        return lambda X_new: np.full(len(X_new), mean)
    _, j, threshold, (low, high) = best
    return lambda X_new: np.where(np.asarray(X_new)[:, j] <= threshold, low, high)


def fit_stump(X, y, w):
    """Fit a classifier with one question to labels −1 and 1 with weights w by the weighted share of errors."""
    X, y, w = np.asarray(X, dtype=float), np.asarray(y), np.asarray(w, dtype=float)
    best = None
    for j, threshold in questions(X):
        for sign in (1, -1):
            answers = np.where(X[:, j] <= threshold, -sign, sign)
            error = w[answers != y].sum() / w.sum()
            if best is None or error < best[0] - 1e-9:
                best = error, j, threshold, sign
    if best is None:
        label = 1 if (w * y).sum() >= 0 else -1
        return lambda X_new: np.full(len(X_new), label)
    _, j, threshold, sign = best
    return lambda X_new: np.where(np.asarray(X_new)[:, j] <= threshold, -sign, sign)


def questions(X):
    """All questions that part the rows of X: column and threshold, in a fixed order."""
    for j in range(X.shape[1]):
        values = np.unique(X[:, j])
        for low, high in pairwise(values):
            yield j, (low + high) / 2
