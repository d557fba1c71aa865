import numpy as np

q9_paths = "dp/dh1 + dh1/dz1 + dz1/dx2 + dp/dh1 + dh1/dz2 + dz2/dx2 + dp/dh2 + dh2/dz1 + dz1/dx2 + dp/dh2 + dh2/dz2 + dz2/dx2"
q9_dL_dh = "(p - y) v1"
q9_dL_dw = "(p - y) v2 (1 - h2^2) x1"
q9_steps = "(p - y) v1 (1 - h1^2) x2"


def mlp_backward(X, Y, W1, b1, W2, b2):
    H = np.exp(-np.logaddexp(0, -(X @ W1 + b1)))
    dP = H @ W2 + b2 - Y
    dS = dP @ W2.T * H * (1 - H)
    return X.T @ dS, dS, H.T @ dP, dP
