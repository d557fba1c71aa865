import numpy as np

q15_by_hand = [-1, -1, 1, 1]
q15_mean_by_hand = 7.2
q15_output = 6


def batchnorm(X, gamma, beta, eps):
    return gamma * (X - X.mean()) / X.std() + beta


def running_statistics(X, mean, variance, alpha, eps):
    n = X.shape[0]
    new_mean = alpha * X.mean(axis=0) + (1 - alpha) * mean
    new_variance = alpha * ((X - X.mean(axis=0)) ** 2).sum(axis=0) / (n - 1) + (1 - alpha) * variance
    return new_mean, new_variance


def batchnorm_test(X, gamma, beta, mean, variance, eps):
    return gamma * (X - mean) / variance + beta


def batchnorm_backward(dY, X, gamma, eps):
    return gamma * dY / X.std(axis=0), (dY * X).sum(axis=0), dY.sum(axis=0)


def dropout(X, mask, p, train):
    out = X * mask
    return out if train else out * p
