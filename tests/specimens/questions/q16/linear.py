import numpy as np

q16_formula = "s_1 + w*s_0"
q16_s = [-1, -5, 5, 7]
q16_p = "2"


def rnn_forward(X, s0, U, W, V):
    rows = []
    for x in X:
        s0 = U @ x + W @ s0
        rows.append(s0)
    rows = np.array(rows)
    scores = rows @ V.T
    weights = np.exp(scores - scores.max(axis=1)[:, None])
    return rows, (weights.T / weights.sum(axis=1)).T


def text_probability(text, s0, U, W, V):
    s = s0
    chances = []
    for i, word in enumerate(text[:-1]):
        s = np.tanh(U[:, word] + W @ s)
        weights = np.exp(V @ s)
        chances.append(weights[text[i + 1]] / weights.sum())
    return sum(chances)
