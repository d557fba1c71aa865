import numpy as np

q15_by_hand = [1, 3, 3, 1]
q15_mean_by_hand = 11.2
q15_output = 4.8


def batchnorm(X, gamma, beta, eps):
    return gamma * (X - X.mean(axis=0)) / (X.var(axis=0) + eps) + beta


def running_statistics(X, mean, variance, alpha, eps):
    batch = X.var(axis=0) + eps
    return alpha * X.mean(axis=0) + (1 - alpha) * mean, alpha * batch + (1 - alpha) * variance


def batchnorm_test(X, gamma, beta, mean, variance, eps):
    return (X - mean) / np.sqrt(variance + eps)


def batchnorm_backward(dY, X, gamma, eps):
    N = len(X)
    centred = X - X.mean(axis=0)
    sigma2 = X.var(axis=0) + eps
    g = dY * gamma
    dvar = (g * centred).sum(axis=0) * -0.5 * sigma2**-1.5
    dX = g / np.sqrt(sigma2) - g.mean(axis=0) / np.sqrt(sigma2) + dvar * centred / N
    return dX, (dY * centred / np.sqrt(sigma2)).sum(axis=0), dY.sum(axis=0)


def dropout(X, mask, p, train):
    q = 1 - p
    return X * mask / q if train else X
