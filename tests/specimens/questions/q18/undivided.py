import numpy as np


def clip_by_norm(g, threshold):
    if np.linalg.norm(g) >= threshold:
        return threshold * g, True
    return g, False
