import numpy as np

q9_paths = "dp/dh1*dh1/dz1 + dp/dh1*dh1/dz2 + dp/dh2*dh2/dz1 + dp/dh2*dh2/dz2"
q9_repeated = ["1", "4", "5"]
q9_dL_dh = "(p - y) v2"
q9_dL_dw = "(p - y) h2"
q9_steps = [
    "dL/dw12 = dL/dh2 * dh2/ds2 * ds2/dw12",
    "= (p - y) v2 * h2(1 - h2) * x1",
    "= (p - y) v2 h2 - h2^2 x1",
    "= p v2 h2 - y v2 h2 - x1 h2^2",
]


def mlp_backward(X, Y, W1, b1, W2, b2):
    s = X @ W1 + b1
    h = np.exp(-np.logaddexp(0, -s))
    d = h @ W2 + b2 - Y
    ds = d @ W2.T * s * (1 - s)
    return X.T @ ds, ds.sum(axis=0), h.T @ d, d.sum(axis=0)
