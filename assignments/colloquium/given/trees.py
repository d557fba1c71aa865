"""Base learners for the tasks on boosting: trees with a single question, «is x[j] ≤ threshold?».

import trees

tree = trees.fit_tree(X, r)        # regression: answers the mean of r on either side
tree(X)                            # array of answers, one for each row of X

stump = trees.fit_stump(X, y, w)   # classification: y and the answers are −1 or 1, w are weights
stump(X)
"""

import numpy as np


def fit_tree(X, r):
    """Fit a regression tree of depth 1 to targets r by least squares."""
    X, r = np.asarray(X, dtype=float), np.asarray(r, dtype=float)
    features, thresholds, below = questions(X)
    if not len(thresholds):
        mean = r.mean()
        return lambda X_new: np.full(len(X_new), mean)
    low = below @ r / below.sum(axis=1)
    high = ~below @ r / (~below).sum(axis=1)
    losses = ((r - np.where(below, low[:, None], high[:, None])) ** 2).sum(axis=1)
    best = first_best(losses, 1e-9 * (1 + (r**2).sum()))
    j, threshold = features[best], thresholds[best]
    return lambda X_new: np.where(np.asarray(X_new)[:, j] <= threshold, low[best], high[best])


def fit_stump(X, y, w):
    """Fit a classifier with one question to labels −1 and 1 with weights w by the weighted share of errors."""
    X, y, w = np.asarray(X, dtype=float), np.asarray(y), np.asarray(w, dtype=float)
    features, thresholds, below = questions(X)
    if not len(thresholds):
        label = 1 if (w * y).sum() >= 0 else -1
        return lambda X_new: np.full(len(X_new), label)
    errors = (np.where(below, -1, 1) != y) @ w / w.sum()
    best = first_best(np.minimum(errors, 1 - errors), 1e-9)
    j, threshold, sign = features[best], thresholds[best], 1 if errors[best] <= 0.5 else -1
    return lambda X_new: np.where(np.asarray(X_new)[:, j] <= threshold, -sign, sign)


def questions(X):
    """All questions that part the rows of X: column, threshold, and which rows lie below it."""
    features, thresholds = [], []
    for j in range(X.shape[1]):
        values = np.unique(X[:, j])
        thresholds += list((values[:-1] + values[1:]) / 2)
        features += [j] * (len(values) - 1)
    below = X.T[features] <= np.array(thresholds)[:, None] if features else np.zeros((0, len(X)), dtype=bool)
    return features, thresholds, below


def first_best(losses, tolerance):
    """The first of the smallest losses; what rounding alone makes smaller does not count."""
    return int(np.argmax(losses <= losses.min() + tolerance))
