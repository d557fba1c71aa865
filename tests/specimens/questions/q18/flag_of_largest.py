import math

import numpy as np


def clip_by_norm(g, threshold):
    norm = math.hypot(*g.ravel())
    return g * min(1, threshold / norm), bool(np.max(np.abs(g)) > threshold)
