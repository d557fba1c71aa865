import numpy as np


def conv2d(V, W, padding, stride):
    V = np.pad(V, padding)
    k, l = W.shape
    G = []
    for i in range(0, V.shape[0] - k + 1, stride):
        G.append([])
        for j in range(0, V.shape[1] - l + 1, stride):
            s = 0
            for a in range(k):
                for b in range(l):
                    s += V[i + a, j + b] * W[a, l - 1 - b]
            G[-1].append(s)
    return np.array(G)
