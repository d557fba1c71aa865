import numpy as np

q9_paths = "dp/dh1 dh1/dz1 dz1/dx2 + dp/dh1 dh1/dz2 dz2/dx2 + dp/dh2 dh2/dz1 dz1/dx2 + dp/dh2 dh2/dz2 dz2/dx2"
q9_repeated = "3, 4, 5"
q9_dL_dh = "2 (v1 arctg(w11 x1 + w21 x2) + v2 arctg(w12 x1 + w22 x2) - y) v1"
q9_dL_dw = "2(p - y) v1 x2 / (1 + s1^2)"
q9_steps = [
    "dL/dw21 = dL/dp * dp/dh1 * dh1/ds1 * ds1/dw21",
    "= 2(p - y) * v1 * 1/(1 + s1^2) * x2",
]


def mlp_backward(X, Y, W1, b1, W2, b2):
    hidden = 1 / (1 + np.exp(-np.clip(X @ W1 + b1, -500, 500)))
    error = hidden @ W2 + b2 - Y
    delta = (error @ W2.T) * hidden * (1 - hidden)
    return X.T @ delta, delta.sum(0), hidden.T @ error, error.sum(0)
