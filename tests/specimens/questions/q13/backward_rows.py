import numpy as np
from numpy.lib.stride_tricks import sliding_window_view as windows


def conv2d(V, W, padding, stride):
    return np.tensordot(windows(np.pad(V, padding), W.shape)[::stride, ::stride], W, 2)


def conv2d_backward(dG, V, W, padding, stride):
    P = np.pad(V, padding)
    turned = W[::-1]  # «перевёрнутый» фильтр
    dP = np.zeros(P.shape)
    h, w = W.shape
    for i, j in np.ndindex(dG.shape):
        dP[i * stride:i * stride + h, j * stride:j * stride + w] += dG[i, j] * turned
    view = windows(P, W.shape)[::stride, ::stride]
    dW = np.tensordot(dG, view, 2)[::-1]
    return dP[padding:padding + V.shape[0], padding:padding + V.shape[1]], dW
