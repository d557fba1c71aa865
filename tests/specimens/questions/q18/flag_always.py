import numpy as np


def clip_by_norm(g, threshold):
    """Умножаем на min(1, порог / норма), то есть масштабируем всегда."""
    factor = min(1.0, threshold / np.sqrt((g * g).sum()))
    return factor * g, True
