import numpy as np

q15_by_hand = [5.75, 5.75, -0.25, -0.25]
q15_mean_by_hand = -2.5
q15_output = 30


def batchnorm(X, gamma, beta, eps):
    rows = []
    for x in X:
        rows.append(gamma * (x - x.mean()) / np.sqrt(x.var() + eps) + beta)
    return np.array(rows)


def running_statistics(X, mean, variance, alpha, eps):
    return mean, variance


def batchnorm_test(X, gamma, beta, mean, variance, eps):
    return gamma * (X - X.mean(axis=0)) / np.sqrt(variance + eps) + beta


def batchnorm_backward(dY, X, gamma, eps):
    root = np.sqrt(X.var(axis=0) + eps)
    g = gamma * dY
    dX = (g - g.mean(axis=0)) / root
    return dX, dY * (X - X.mean(axis=0)) / root, dY


def dropout(X, mask, p, train):
    if train:
        return mask * X / p
    return X * p
