import numpy as np

q16_s = [-2, -0.5, 14, 25]
q17_scalar = "f'(a_3) s_2 + w f'(a_3) f'(a_2) s_1 + w f'(a_3) f'(a_1) s_0"
q17_general = r"\sum_{i=1}^{k} \left(\prod_{j=i+2}^{k} \frac{\partial s_j}{\partial s_{j-1}}\right) \frac{\partial s_i}{\partial W_*}"
q17_true = "1, 3, 4, 5, 6"
q17_dw_with_q16 = "12.5"


def state_jacobian(X, s0, U, W):
    S = [s0]
    for x in X:
        S.append(np.tanh(U @ x + W @ S[-1]))
    k = len(X)
    answer = 0
    for i in range(1, k + 1):
        term = np.einsum("ab,c->abc", np.diag(1 - S[i] ** 2), S[i - 1])
        for j in range(i + 2, k + 1):
            term = np.tensordot(np.diag(1 - S[j] ** 2) @ W, term, 1)
        answer = answer + term
    return answer
