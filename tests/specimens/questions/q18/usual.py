import numpy as np

q18_large = "256"
q18_small = "59049/1048576"
q18_remedies = "1-e 2-v 3-n 4-e 5-v"


def clip_by_norm(g, threshold):
    norm = np.linalg.norm(g)
    if norm >= threshold:
        return g * threshold / norm, True
    return g, False
