import numpy as np

q16_s = [-2, 1, -0.5, 2]
q17_scalar = "f'(a_3)*(s_2 + f'(a_2)*(s_1 + f'(a_1)*s_0))"
q17_steps = "f'(a_3)*s_2 + f'(a_3)*f'(a_2)*(s_1 + f'(a_1)*s_0)\n= f'(a_3)*(s_2 + f'(a_2)*(s_1 + f'(a_1)*s_0))"
q17_general = "Σ_{i=1}^k (Π_{j=i}^k ∂s_j/∂s_{j-1}) ∂s_i/∂W_*"
q17_dw_with_q16 = "-6.5"


def state_jacobian(X, s0, U, W):
    states = [s0]
    for x in X:
        states += [np.tanh(U @ x + W @ states[-1])]
    total = np.zeros((len(s0),) * 3)
    for i in range(1, len(X) + 1):
        product = np.eye(len(s0))
        for j in range(i, len(X) + 1):
            product = np.diag(1 - states[j] ** 2) @ W @ product
        immediate = np.einsum("ab,c->abc", np.diag(1 - states[i] ** 2), states[i - 1])
        total += np.einsum("ab,bcd->acd", product, immediate)
    return total
