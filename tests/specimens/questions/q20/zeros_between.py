import numpy as np

q20_unpooled = np.array([[0, 0, 0, 0], [0, 1, 8, 0], [0, 8, 0, 5], [0, 0, 0, 0]])
q20_by_hand = "[[1, 2, 0], [4, 3, 0], [3, 1, 0]]"
q20_why = "'4'"


def unpool_nearest(X, k):
    return np.repeat(np.repeat(X, k, axis=0), k, axis=1)


def max_unpool(X, indices, shape):
    flat = np.zeros(shape[0] * shape[1])
    flat[indices.flatten()] = X.flatten()
    return flat.reshape(shape)


def conv_transpose2d(X, W, stride):
    wide = np.zeros(((X.shape[0] - 1) * stride + 1, (X.shape[1] - 1) * stride + 1))
    wide[::stride, ::stride] = X
    framed = np.pad(wide, ((W.shape[0] - 1,) * 2, (W.shape[1] - 1,) * 2))
    windows = np.lib.stride_tricks.sliding_window_view(framed, W.shape)
    return (windows * W[::-1, ::-1]).sum(axis=(2, 3))
