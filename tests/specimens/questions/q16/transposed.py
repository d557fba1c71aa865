# строки вместо столбцов: s W вместо W s
import numpy as np

q16_formula = "f'(a_1) * (s_1 + w * f'(a_1) * s_0)"
q16_s = "[1, -5, 2, 19]"
q16_p = "16/125"


def rnn_forward(X, s0, U, W, V):
    states = np.empty((X.shape[0], s0.size))
    prev = s0
    for t in range(X.shape[0]):
        prev = np.tanh(X[t] @ U.T + prev @ W)
        states[t] = prev
    z = states @ V.T
    z = np.exp(z - z.max(axis=1, keepdims=True))
    return states, z / z.sum(axis=1, keepdims=True)


def text_probability(text, s0, U, W, V):
    total = 0
    h = s0
    for i in range(len(text) - 1):
        h = np.tanh(U[:, text[i]] + W @ h)
        scores = V @ h
        total += scores[text[i + 1]] - np.log(np.sum(np.exp(scores)))
    return total
