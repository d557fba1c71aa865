import numpy as np


def minibatch_sgd(grad_i, x0, n, order, m, eta):
    x = x0
    for start in range(0, n, m):
        end = min(start + m, n)
        x = x - eta * np.sum([grad_i(i, x) for i in range(start, end)], axis=0)
    return x
