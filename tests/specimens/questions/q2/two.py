import numpy as np


def decaying_descent(grad, x0, eta, steps):
    path, k = [x0], 1
    while len(path) <= steps:
        k += 1
        path.append(path[-1] - eta / k * grad(path[-1]))
    return np.array(path)
