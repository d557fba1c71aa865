import numpy as np


def clip_by_norm(g, threshold):
    g = np.asarray(g, dtype=float)
    size = np.sqrt(np.vdot(g, g))
    if size < threshold:
        return g, False
    direction = g / size
    return threshold * direction, True
