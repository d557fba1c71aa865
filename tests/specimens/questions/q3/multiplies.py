import numpy as np


def newton(grad, hess, x0, eta, steps):
    path = np.zeros((steps + 1, len(x0)))
    path[0] = x0
    for k in range(steps):
        path[k + 1] = path[k] - eta * hess(path[k]).dot(grad(path[k]))
    return path
