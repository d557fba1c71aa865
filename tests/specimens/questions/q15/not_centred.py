import numpy as np

q15_by_hand = [-12, -4, -12, -4]
q15_mean_by_hand = 7.9
q15_output = 2.4


def batchnorm(X, gamma, beta, eps):
    return gamma * X / np.sqrt(X.var(axis=0) + eps) + beta


def running_statistics(X, mean, variance, alpha, eps):
    return alpha * X.mean(axis=0) + (1 - alpha) * mean, alpha * X.std(axis=0) + (1 - alpha) * variance


def batchnorm_test(X, gamma, beta, mean, variance, eps):
    return gamma * (X - mean) / (np.sqrt(variance) + eps) + beta


def batchnorm_backward(dY, X, gamma, eps):
    N = len(X)
    root = np.sqrt(X.var(axis=0) + eps)
    h = (X - X.mean(axis=0)) / root
    dX = (dY - dY.sum(axis=0) / N - h * (dY * h).sum(axis=0) / N) / root
    return dX, (dY * h).sum(axis=0), dY.sum(axis=0)


def dropout(X, mask, p, train):
    if train:
        return X * mask * p
    return X
