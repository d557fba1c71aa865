import numpy as np


def frame(V, p):
    big = np.zeros((V.shape[0] + 2 * p, V.shape[1] + 2 * p))
    big[p:p + V.shape[0], p:p + V.shape[1]] = V
    return big


def conv2d(V, W, padding, stride):
    P = frame(V, padding)
    H = (P.shape[0] - W.shape[0]) // stride + 1
    B = (P.shape[1] - W.shape[1]) // stride + 1
    G = np.zeros((H, B))
    for a in range(W.shape[0]):
        for b in range(W.shape[1]):
            G += W[a, b] * P[a:a + stride * H:stride, b:b + stride * B:stride][:H, :B]
    return G


def conv2d_backward(dG, V, W, padding, stride):
    P = frame(V, 1)
    dP, dW = np.zeros(P.shape), np.zeros(W.shape)
    for (i, j), g in np.ndenumerate(dG):
        rows, columns = slice(i * stride, i * stride + W.shape[0]), slice(j * stride, j * stride + W.shape[1])
        dP[rows, columns] += g * W
        dW += g * P[rows, columns]
    return dP[1:1 + V.shape[0], 1:1 + V.shape[1]], dW
