import numpy as np


def clip_by_norm(g, threshold):
    squares = np.sum(g ** 2)
    size = np.sqrt(squares)
    clipped = g if size <= threshold else g * (threshold / size)
    return clipped, squares > threshold
