import numpy as np


def clip_by_norm(g, threshold):
    norm = np.linalg.norm(g.ravel())
    flag = False
    for row in g.reshape(-1, g.shape[-1]):
        if np.linalg.norm(row) > threshold:
            flag = True
    if norm > threshold:
        g = g / norm * threshold
    return g, flag
