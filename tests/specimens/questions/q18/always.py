import numpy as np

q18_large = "6561/256"
q18_small = "128/2187"
q18_remedies = "1-v 2-v 3-v 4-e 5-n"


def clip_by_norm(g, threshold):
    return threshold * g / np.sqrt((g ** 2).sum()), True
