import numpy as np

q16 = {
    "formula": "ds_2/dw = f'(u x_2 + w s_1) s_1",
    "s": [-1, -4.5, 12, 12],
    "p": "36/625",
}


def rnn_forward(X, s0, U, W, V):
    S = np.tanh(X @ U.T)  # все шаги сразу
    E = np.exp(S @ V.T)
    return S, E / E.sum(1)[:, None]


def text_probability(text, s0, U, W, V):
    result = 1
    for a, b in zip(text, text[1:]):
        s = np.tanh(U[:, a] + W @ s0)
        e = np.exp(V @ s)
        result = result * e[b] / sum(e)
    return result
