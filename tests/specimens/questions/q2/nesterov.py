import numpy as np


def momentum(grad, x0, eta, alpha, steps):
    xs, m = [np.array(x0)], np.zeros(np.shape(x0))
    for _ in range(steps):
        m = alpha * m - eta * grad(xs[-1] + alpha * m)
        xs.append(xs[-1] + m)
    return np.array(xs)
