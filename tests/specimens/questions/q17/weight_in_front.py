import numpy as np

q17_scalar = "f'(s_3)*(s_2 + w*f'(s_2)*(s_1 + w*f'(s_1)*s_0))"
q17_general = "sum(i=1..k, ds_i/dW* prod(j=i+1..k, ds_j/ds_{j-1}))"


def state_jacobian(X, s0, U, W):
    d = len(s0)
    J = np.zeros((d, d, d))
    for x in X:
        s = np.tanh(U @ x + W @ s0)
        D = np.diag(1 - s**2)
        J = np.tensordot(W @ D, J, axes=1) + np.einsum("ab,c->abc", D, s0)
        s0 = s
    return J
