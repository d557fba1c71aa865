import numpy as np

q16_s = [-1, -2, 1, 5]
q17 = {
    "scalar": "ds_3/ds_2 ds_2/ds_1 ds_1/dw* + ds_3/ds_2 ds_2/dw* + ds_3/dw*",
    "general": "sum(i=1..k, prod(j=i+1..k, ds_j/ds_{j-1}) * ds_i/dW*)",
    "true": [1, 3, 4, 5],
    "dw_with_q16": "-5",
}


def state_jacobian(X, s0, U, W):
    n = len(s0)
    total = np.zeros((n, n * n))
    for x in X:
        z = np.tanh(U @ x + W @ s0)
        D = np.diag(1 - z**2)
        total = D @ (np.kron(np.eye(n), s0[None]) + W @ total)
        s0 = z
    return total
