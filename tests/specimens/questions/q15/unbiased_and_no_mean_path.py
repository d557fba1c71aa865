import numpy as np

q15_by_hand = [0.5, 1.5, 1.5, 0.5]
q15_mean_by_hand = -5
q15_output = 1.2


def batchnorm(X, gamma, beta, eps):
    return gamma * (X - np.mean(X, axis=0)) / np.sqrt(np.var(X, axis=0, ddof=1) + eps) + beta


def running_statistics(X, mean, variance, alpha, eps):
    return np.mean(X, axis=0), np.var(X, axis=0)


def batchnorm_test(X, gamma, beta, mean, variance, eps):
    mu, var = X.mean(axis=0), X.var(axis=0)
    return gamma * ((X - mu) / np.sqrt(var + eps)) + beta


def batchnorm_backward(dY, X, gamma, eps):
    N = len(X)
    centred = X - X.mean(axis=0)
    root = np.sqrt(X.var(axis=0) + eps)
    g = dY * gamma
    dvar = (g * centred * -0.5 / root**3).sum(axis=0)
    dX = g / root + dvar * 2 * centred / N
    return dX, (dY * centred / root).mean(axis=0), dY.mean(axis=0)


def dropout(X, mask, p, train):
    return mask * X if train else X
