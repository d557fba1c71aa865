import numpy as np


def pad(V, p):
    H, W = V.shape
    return np.block([
        [np.zeros((p, W + 2 * p))],
        [np.zeros((H, p)), V, np.zeros((H, p))],
        [np.zeros((p, W + 2 * p))],
    ])


def unpad(V, p):
    return V[p:V.shape[0] - p, p:V.shape[1] - p]
