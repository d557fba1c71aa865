import numpy as np

q18_large = "19683/512"
q18_small = "59049/1048576"
q18_remedies = "1-v 2-e 3-e 4-v 5-n"


def clip_by_norm(g, threshold):
    clipped = np.clip(g, -threshold, threshold)
    return clipped, bool((np.abs(g) > threshold).any())
