import numpy as np

q17_scalar = "s_2 + w s_1 + w^2 s_0"
q17_general = "sum(i=1..k, prod(j=i+1..k, ds_j/ds_{j-1}) ds_i/dW)"


def state_jacobian(X, s0, U, W):
    d = len(s0)
    J = np.zeros((d, d, d))
    for x in X:
        s = np.tanh(U @ x + W @ s0)
        J = np.einsum("a,ba,bcd->acd", 1 - s**2, W, J)
        J[np.arange(d), np.arange(d)] += np.outer(1 - s**2, s0)
        s0 = s
    return J
