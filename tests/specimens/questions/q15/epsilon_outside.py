import numpy as np

q15_by_hand = [1, -7, 1, -7]
q15_mean_by_hand = 15
q15_output = 4.8


def batchnorm(X, gamma, beta, eps):
    return gamma * (X - X.mean(axis=0)) / (X.std(axis=0) + eps) + beta


def running_statistics(X, mean, variance, alpha, eps):
    return alpha * X.mean(axis=0) + (1 - alpha) * mean, alpha * X.var(axis=0) + (1 - alpha) * variance


def batchnorm_test(X, gamma, beta, mean, variance, eps):
    return gamma * (X - mean) / (variance**0.5 + eps) + beta


def batchnorm_backward(dY, X, gamma, eps):
    N = len(X)
    centred, sigma = X - X.mean(axis=0), X.std(axis=0)
    d = sigma + eps
    g = gamma * dY
    dd = -(g * centred).sum(axis=0) / d**2
    dX = g / d - g.mean(axis=0) / d + dd * centred / (N * sigma)
    return dX, (dY * centred / d).sum(axis=0), dY.sum(axis=0)


def dropout(X, mask, p, train):
    return X * (1 - mask) if train else X * p
