import numpy as np


def softmax(z):
    z = np.exp(z - z.max())
    return z / z.sum()


def rnn_forward(X, s0, U, W, V):
    S = [s0]
    for x in X:
        S.append(np.tanh(U.dot(x) + W.dot(S[-1])))
    # the output sees its own x only
    O = [softmax(V.dot(np.tanh(U.dot(x)))) for x in X]
    return np.array(S[1:]), np.array(O)
