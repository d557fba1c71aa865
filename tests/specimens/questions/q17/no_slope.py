import numpy as np

q17_scalar = "f'(a_3)*(w*f'(a_2)*(s_1 + w*f'(a_1)*s_0))"
q17_general = "Σ_{i=1}^{k-1} (Π_{j=i+1}^k ∂s_j/∂s_{j-1}) ∂s_i/∂W_*"


def state_jacobian(X, s0, U, W):
    J = np.zeros((len(s0),) * 3)
    for x in X:
        J = np.tensordot(W, J, axes=1)
        for a in range(len(s0)):
            J[a, a, :] += s0
        s0 = np.tanh(U @ x + W @ s0)
    return J
