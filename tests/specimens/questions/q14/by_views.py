import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def receptive_field(layers):
    # назад, от одного нейрона последнего слоя
    field = 1
    for kernel, stride in reversed(layers):
        field = (field - 1) * stride + kernel
    return field


def maxpool(X, size, stride):
    return sliding_window_view(X, size)[::stride, ::stride].max(axis=(2, 3))


def maxpool_backward(dY, X, size, stride):
    views = sliding_window_view(X, size)[::stride, ::stride]
    flat = views.reshape(*views.shape[:2], -1).argmax(axis=-1)
    rows = np.arange(dY.shape[0])[:, None] * stride + flat // size[1]
    columns = np.arange(dY.shape[1])[None, :] * stride + flat % size[1]
    dX = np.zeros(X.shape)
    np.add.at(dX, (rows, columns), dY)
    return dX
