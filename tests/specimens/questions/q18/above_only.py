import math

import numpy as np

q18_large = 1024.0
q18_small = "(1/2)^10"
q18_remedies = {"1": "затухание", "2": "none", "3": "затухание", "4": "взрыв", "5": "взрыв"}


def clip_by_norm(g, threshold):
    norm = math.sqrt(sum(float(v) ** 2 for v in np.ravel(g)))
    scale = min(1.0, threshold / norm)
    return scale * g, norm > threshold
