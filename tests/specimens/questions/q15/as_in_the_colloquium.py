import numpy as np

q15_by_hand = [0, -4, 0, -4]
q15_mean_by_hand = 15.4
q15_output = 4.8
q15_true = "1, 3, 5"


def batchnorm(X, gamma, beta, eps):
    return gamma * (X - X.mean(0)) / X.std(0) + beta


def running_statistics(X, mean, variance, alpha, eps):
    return alpha * X.mean(0) + (1 - alpha) * mean, alpha * X.var(0) + (1 - alpha) * variance


def batchnorm_test(X, gamma, beta, mean, variance, eps):
    return gamma * (X - mean) / np.sqrt(variance) + beta


def batchnorm_backward(dY, X, gamma, eps):
    N = len(X)
    s = X.std(0)
    h = (X - X.mean(0)) / s
    dh = dY * gamma
    dX = (N * dh - dh.sum(0) - h * (dh * h).sum(0)) / (N * s)
    return dX, (dY * h).sum(0), dY.sum(0)


def dropout(X, mask, p, train):
    return X * mask if train else X * p
