import numpy as np

q17_general = "Σ_{i=1}^k ∏_{j=k}^{i+1} ∂s_j/∂s_{j-1} ∂s_i/∂W_*"


def state_jacobian(X, s0, U, W):
    """rows: entries of W; columns: entries of the state"""
    d = len(s0)
    states = [s0]
    for x in X:
        states.append(np.tanh(U @ x + W @ states[-1]))
    result = np.zeros((d * d, d))
    carry = np.eye(d)
    for t in range(len(X), 0, -1):
        carry_slope = carry * (1 - states[t] ** 2)
        result += np.einsum("ab,c->bca", carry_slope, states[t - 1]).reshape(d * d, d)
        carry = carry_slope @ W
    return result
