"""Derivatives without back-propagation: L(w + ih) is complex, and its imaginary part over h is dL/dw."""

import numpy as np


def loss(X, Y, W1, b1, W2, b2):
    H = 0.5 + 0.5 * np.tanh((X @ W1 + b1) / 2)
    E = H @ W2 + b2 - Y
    return 0.5 * np.sum(E * E)


def mlp_backward(X, Y, W1, b1, W2, b2):
    h = 1e-30
    parameters = [np.array(p, dtype=complex) for p in (W1, b1, W2, b2)]
    gradients = []
    for p in parameters:
        g = np.zeros(p.shape)
        for place in np.ndindex(p.shape):
            kept = p[place]
            p[place] = kept + 1j * h
            g[place] = loss(X, Y, *parameters).imag / h
            p[place] = kept
        gradients.append(g)
    return tuple(gradients)
