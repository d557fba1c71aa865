import numpy as np


def clip_by_norm(g, threshold):
    norms = np.linalg.norm(g, axis=-1, keepdims=True)
    return np.where(norms >= threshold, g * threshold / norms, g), bool((norms >= threshold).any())
