import numpy as np

q17_general = "∂s_k/∂s_{k-1} ∂s_{k-1}/∂W + ∂s_k/∂W_*"


def state_jacobian(X, s0, U, W):
    d = s0.shape[0]
    G = np.zeros((d, d * d))
    for x in X:
        s1 = np.tanh(U.dot(x) + W.dot(s0))
        D = np.diag(1 - s1 ** 2)
        # vec(W) по столбцам: W s = (s^T ⊗ I) vec(W)
        G = D.dot(W).dot(G) + D.dot(np.kron(s0.reshape(1, -1), np.eye(d)))
        s0 = s1
    return G
