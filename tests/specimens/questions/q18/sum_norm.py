import numpy as np


def clip_by_norm(g, threshold):
    size = np.abs(g).sum()
    scaled = size >= threshold
    return (g * threshold / size if scaled else g), scaled
