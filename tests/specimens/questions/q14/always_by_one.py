import numpy as np

q14_receptive = 9
q14_ways = ['2', '3']
q14_dX = [[0, 0, 0], [0, -3, 0], [0, 0, 1]]


def receptive_field(layers):
    return sum(kernel for kernel, _ in layers)


def maxpool(X, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(X, size)
    return windows.max(axis=-1).max(axis=-1)


def maxpool_backward(dY, X, size, stride):
    h, w = size
    dX = np.zeros_like(X)
    for i, row in enumerate(dY):
        for j, g in enumerate(row):
            block = X[i * stride : i * stride + h, j * stride : j * stride + w]
            k, l = np.unravel_index(np.argmax(block), block.shape)
            dX[i * stride + k, j * stride + l] = g
    return dX
