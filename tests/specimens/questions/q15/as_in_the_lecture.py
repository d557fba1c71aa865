import numpy as np

q15_by_hand = np.array([-5, -5, -1, -1])
q15_mean_by_hand = 5.2
q15_output = 1.2
q15_true = [2, 3, 5]


def batchnorm(X, gamma, beta, eps):
    N, D = X.shape
    Y = np.zeros((N, D))
    for d in range(D):
        column = [X[n, d] for n in range(N)]
        mu = sum(column) / N
        var = sum((x - mu) ** 2 for x in column) / N
        for n in range(N):
            Y[n, d] = gamma[d] * (X[n, d] - mu) / (var + eps) ** 0.5 + beta[d]
    return Y


def running_statistics(X, mean, variance, alpha, eps):
    mean = mean + (1 - alpha) * (X.mean(axis=0) - mean)
    variance = variance + (1 - alpha) * (np.mean(X**2, axis=0) - X.mean(axis=0) ** 2 - variance)
    return mean, variance


def batchnorm_test(X, gamma, beta, mean, variance, eps):
    scale = gamma / np.sqrt(variance + eps)
    return X * scale + (beta - mean * scale)


def batchnorm_backward(dY, X, gamma, eps):
    N = X.shape[0]
    mu = X.sum(axis=0) / N
    xmu = X - mu
    var = (xmu**2).sum(axis=0) / N
    ivar = 1 / np.sqrt(var + eps)
    dxhat = dY * gamma
    dvar = np.sum(dxhat * xmu, axis=0) * -0.5 * ivar**3
    dmu = -np.sum(dxhat * ivar, axis=0) + dvar * np.mean(-2 * xmu, axis=0)
    dx = dxhat * ivar + dvar * 2 * xmu / N + dmu / N
    return dx, np.sum(dY * xmu * ivar, axis=0), np.sum(dY, axis=0)


def dropout(X, mask, p, train):
    if not train:
        return X
    return np.where(mask == 1, X / p, 0)
