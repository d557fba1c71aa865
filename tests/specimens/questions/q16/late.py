import numpy as np

q16_formula = "f'(a_2) w f'(a_1) s_0"


def rnn_forward(X, s0, U, W, V):
    S, O = [], []
    s = s0
    for x in X:
        e = np.exp(V @ s)
        O.append(e / e.sum())  # сначала выход, потом новое состояние
        s = np.tanh(U @ x + W @ s)
        S.append(s)
    return np.array(S), np.array(O)
