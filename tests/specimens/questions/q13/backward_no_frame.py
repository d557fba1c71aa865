import numpy as np


def conv2d(V, W, padding, stride):
    V = np.pad(V, padding)
    h, w = W.shape
    return np.array([[np.sum(V[i:i + h, j:j + w] * W) for j in range(0, V.shape[1] - w + 1, stride)]
                     for i in range(0, V.shape[0] - h + 1, stride)])


def conv2d_backward(dG, V, W, padding, stride):
    # рамку тут забыл
    h, w = W.shape
    dV, dW = np.zeros_like(V), np.zeros_like(W)
    for i in range(dG.shape[0]):
        for j in range(dG.shape[1]):
            r, c = i * stride, j * stride
            dV[r:r + h, c:c + w] += dG[i, j] * W
            dW += dG[i, j] * V[r:r + h, c:c + w]
    return dV, dW
