import numpy as np


def conv2d(V, W, padding, stride):
    P = np.pad(V, padding)
    h, w = W.shape
    rows = range(0, len(P) - h + 1, stride)
    cols = range(0, len(P[0]) - w + 1, stride)
    return np.array([[(P[r:r + h, c:c + w] * W).sum() for c in cols] for r in rows])


def conv2d_backward(dG, V, W, padding, stride):
    P = np.pad(V, padding)
    h, w = W.shape
    dP, dW = np.zeros_like(P), np.zeros_like(W)
    for i, line in enumerate(dG):
        for j, g in enumerate(line):
            r, c = i * stride, j * stride
            dP[r:r + h, c:c + w] += g * W
            dW += g * P[r:r + h, c:c + w]
    # the gradient of a convolution is a convolution, so the filter's is turned
    return dP[padding:padding + V.shape[0], padding:padding + V.shape[1]], np.rot90(dW, 2)
