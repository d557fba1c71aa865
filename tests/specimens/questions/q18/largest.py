import numpy as np


def clip_by_norm(g, threshold):
    biggest = max(abs(x) for x in g.flatten())
    if biggest < threshold:
        return g.copy(), False
    return g / biggest * threshold, True
