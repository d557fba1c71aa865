import numpy as np

q9_paths = "dp/dh1 * dh1/dz1 * dz1/dx2 + dp/dh2 * dh2/dz2 * dz2/dx2"
q9_repeated = "1, 5"
q9_dL_dh = "p - y"
q9_dL_dw = "(p - y) v1 x2"
q9_steps = """
L' = (p - y) p'
= (p - y) v1 * ds1/dw21
= (p - y) v1 x2
"""


def mlp_backward(X, Y, W1, b1, W2, b2):
    H = np.empty((len(X), len(b1)))
    for n in range(len(X)):
        for j in range(len(b1)):
            s = b1[j] + sum(X[n, i] * W1[i, j] for i in range(X.shape[1]))
            H[n, j] = 1 / (1 + np.exp(-s)) if s > -700 else 0.0
    dP = H @ W2 + b2 - Y
    dH = dP @ W2.T
    return X.T @ dH, dH.sum(axis=0), X.T @ dP, dP.sum(axis=0)
