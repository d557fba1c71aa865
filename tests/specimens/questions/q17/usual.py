import numpy as np

q16_s = [1, 1, -0.5, 4]

q17_scalar = "f'(a3)(s2 + w f'(a2)(s1 + w f'(a1) s0))"
q17_steps = """
ds_3/dw = f'(a_3)(s_2 + w ds_2/dw)
= f'(a_3)(s_2 + w f'(a_2)(s_1 + w ds_1/dw))
= f'(a_3)(s_2 + w f'(a_2)(s_1 + w f'(a_1) s_0))
"""
q17_general = r"\sum_{i=1}^{k} \left(\prod_{j=i+1}^{k} \frac{\partial s_j}{\partial s_{j-1}}\right) \frac{\partial s_i}{\partial W_*}"
q17_true = "1, 2, 5, 6"
q17_dw_with_q16 = "2.5"


def state_jacobian(X, s0, U, W):
    d = len(s0)
    s, J = s0, np.zeros((d, d, d))
    for x in X:
        new = np.tanh(U @ x + W @ s)
        g = 1 - new * new
        J = np.tensordot(np.diag(g) @ W, J, axes=1)
        for a in range(d):
            J[a, a] += g[a] * s
        s = new
    return J
