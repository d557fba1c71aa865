import numpy as np


def rnn_forward(X, s0, U, W, V):
    s = s0
    S, O = [], []
    for x in X:
        s = np.tanh(U @ x + W @ s)
        S += [s]
        scores = V @ np.tanh(U @ x + W @ s0)
        e = np.exp(scores - max(scores))
        O += [e / sum(e)]
    return np.array(S), np.array(O)
