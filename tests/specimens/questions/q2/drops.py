import numpy as np


def minibatch_sgd(grad_i, x0, n, order, m, eta):
    x = x0
    for b in range(n // m):
        idx = order[b * m:(b + 1) * m]
        x = x - eta * np.sum([grad_i(i, x) for i in idx], axis=0)
    return x
