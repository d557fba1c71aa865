import numpy as np

q16_formula = "f'(a2)(s1 + w f'(a1) s0)"
q16_s = [1, 1, -0.5, 4]
q16_p = "32/625"
q16_true = [2, 4, 5]


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


def rnn_forward(X, s0, U, W, V):
    S, O = [], []
    s = s0
    for x in X:
        s = np.tanh(U.dot(x) + W.dot(s))
        S.append(s)
        O.append(softmax(V.dot(s)))
    return np.array(S), np.array(O)


def text_probability(text, s0, U, W, V):
    p = 1.0
    s = s0
    for word, following in zip(text[:-1], text[1:]):
        s = np.tanh(U[:, word] + W @ s)
        p *= softmax(V @ s)[following]
    return p
