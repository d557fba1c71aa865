import numpy as np


def conv2d(V, W, padding, stride):
    P = np.pad(V, padding)
    kh, kw = W.shape
    H, B = (P.shape[0] - kh) // stride + 1, (P.shape[1] - kw) // stride + 1
    columns = np.array([P[i * stride:i * stride + kh, j * stride:j * stride + kw].ravel()
                        for i in range(H) for j in range(B)])
    return (columns @ W.ravel()).reshape(H, B)


def conv2d_backward(dG, V, W, padding, stride):
    P = np.pad(V, padding)
    kh, kw = W.shape
    dP, dW = P * 0, W * 0
    F = np.fliplr(W)
    for i, j in np.ndindex(*dG.shape):
        part = np.s_[i * stride:i * stride + kh, j * stride:j * stride + kw]
        dP[part] += dG[i, j] * F
        dW += dG[i, j] * np.fliplr(P[part])
    return dP[padding:padding + len(V), padding:padding + V.shape[1]], dW
