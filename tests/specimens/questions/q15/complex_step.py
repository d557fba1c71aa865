import numpy as np


def batchnorm(X, gamma, beta, eps):
    centred = X - X.sum(axis=0) / len(X)
    variance = (centred * centred).sum(axis=0) / len(X)
    return centred / np.sqrt(variance + eps) * gamma + beta


def batchnorm_backward(dY, X, gamma, eps):
    # мнимая часть y(x + ih) / h - производная, без единой формулы
    h = 1e-30
    dX = np.zeros(X.shape)
    for place in np.ndindex(X.shape):
        moved = X.astype(complex)
        moved[place] += 1j * h
        dX[place] = np.sum(dY * batchnorm(moved, gamma, 0, eps).imag) / h
    normal = batchnorm(X, 1, 0, eps)
    return dX, np.einsum("nd,nd->d", dY, normal), np.einsum("nd->d", dY)
