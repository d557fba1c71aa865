import numpy as np

q18_large = "18"
q18_small = "5"


def clip_by_norm(g, threshold):
    size = np.sum(g * g)
    if size > threshold:
        return threshold / size * g, True
    return g, False
