import numpy as np


def conv2d(V, W, padding, stride):
    V = np.pad(V, ((padding, padding), (padding, padding)))
    out = []
    i = 0
    while i + W.shape[0] <= V.shape[0]:
        row, j = [], 0
        while j + W.shape[1] <= V.shape[1]:
            row.append((V[i:i + W.shape[0], j:j + W.shape[1]] * W).sum())
            j += stride
        out.append(row)
        i += stride
    return np.array(out)


def conv2d_backward(dG, V, W, padding, stride):
    p = padding
    P = np.pad(V, p)
    dP = np.zeros_like(P)
    dW = np.zeros_like(W)
    for i in range(len(dG)):
        for j in range(len(dG[0])):
            dP[i:i + W.shape[0], j:j + W.shape[1]] += dG[i, j] * W
            dW += dG[i, j] * P[i:i + W.shape[0], j:j + W.shape[1]]
    return dP[p:p + V.shape[0], p:p + V.shape[1]], dW
