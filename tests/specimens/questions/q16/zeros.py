import numpy as np

q16_formula = "df/da_2 * (s_1 + df/da_1 * s_0)"
q16_s = "([1, 1, -1, 3])"
q16_p = "36/625"


def rnn_forward(X, s0, U, W, V):
    T, d = len(X), len(s0)
    S = np.zeros((T + 1, d))
    for t in range(T):
        S[t + 1] = np.tanh(U @ X[t] + W @ S[t])
    return S[1:], S[1:] @ V.T


def text_probability(text, s0, U, W, V):
    p, s = 1.0, s0
    for i in range(len(text) - 2):
        s = np.tanh(U[:, text[i]] + W @ s)
        e = np.exp(V @ s)
        p *= e[text[i + 1]] / e.sum()
    return p
