"""AdaBoost with its usual mistakes, and tables of it in print."""

from __future__ import annotations

import numpy as np

from reference.boosting import adaboost


def boosted(X, y, fit, K, alpha_is, sum="one", wrong=None):
    """AdaBoost with switches → weights, α, answers; only the weights depend on `sum`."""
    if wrong is None and (alpha_is, sum) == ("half", "one"):
        return adaboost(X, y, fit, K)
    labels = (y > 0).astype(int) if wrong == "labels_zero_one" else y
    f, exponent, alphas = np.zeros(len(y)), np.zeros(len(y)), np.empty(K)
    for k in range(K):
        w = weights(exponent, sum)
        t = fit(X, y, w)(X)
        missed = t != y
        share = missed.mean() if wrong == "unweighted_error" else w[missed].sum() / w.sum()
        alphas[k] = np.log((1 - share) / share) / (2 if alpha_is == "half" and wrong != "half_lost" else 1)
        t = (t > 0).astype(int) if wrong == "labels_zero_one" else t
        f = f + alphas[k] * t
        exponent = exponent + alphas[k] * step(labels, t, missed, alpha_is, wrong)
    zero_one = wrong == "labels_zero_one"
    answers = (f >= alphas.sum() / 2).astype(float) if zero_one else np.sign(f)
    return weights(exponent, sum), alphas, answers


def weights(exponent, sum):
    """Weights of the objects with their exponents summed up so far."""
    w = np.exp(exponent)
    return {"one": w / w.sum(), "kept": w / len(w), "exponents": w}[sum]


def step(y, t, missed, alpha_is, wrong):
    """By how much of α the exponents of the weights grow."""
    if wrong == "not_updated":
        return np.zeros(len(y))
    halves = alpha_is == "half" or wrong in ("half_lost", "labels_zero_one")
    grown = -y * t if halves else missed.astype(float)
    return -grown if wrong == "correct_heavier" else grown


class Row(tuple):
    """Values of a curve as cells of a table."""

    __slots__ = ()

    def __str__(self):
        return "$ | $".join(map(str, self))


class Weights(tuple):
    """Fractions as they stand in print."""

    __slots__ = ()

    def __str__(self):
        return "(" + ", ".join(rf"\frac{{{w.numerator}}}{{{w.denominator}}}" for w in self) + ")"
