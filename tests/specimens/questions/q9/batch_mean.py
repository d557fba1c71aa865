import numpy as np

q9_paths = "dp/dh1*dh1/dz1*dz1/dx1 * dp/dh1*dh1/dz2*dz2/dx1 * dp/dh2*dh2/dz1*dz1/dx1 * dp/dh2*dh2/dz2*dz2/dx1"
q9_repeated = "2 3 5"
q9_dL_dh = "-2(p - y) v2"
q9_dL_dw = "2(p - y) v2 (1 - th(h2)^2) x1"
q9_steps = [
    "dL/dw12 = dL/dp dp/dh2 * (1 - th^2 h2) x1",
    "= 2(p - y) v2 (1 - th^2 h2) x1",
]


def mlp_backward(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A = np.exp(-np.logaddexp(0, -(X @ W1 + b1)))
    dZ2 = (A @ W2 + b2 - Y) / m
    dZ1 = np.dot(dZ2, W2.T) * A * (1 - A)
    return np.dot(X.T, dZ1), np.sum(dZ1, axis=0), np.dot(A.T, dZ2), np.sum(dZ2, axis=0)
