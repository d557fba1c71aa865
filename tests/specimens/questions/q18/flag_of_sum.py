import numpy as np


def clip_by_norm(g, threshold):
    flat = [float(v) for v in np.ravel(g)]
    size = sum(v * v for v in flat) ** 0.5
    scaled = sum(map(abs, flat)) > threshold
    return (g * threshold / size if size > threshold else g), scaled
