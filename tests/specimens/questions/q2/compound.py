import numpy as np


def decaying_descent(grad, x0, eta, steps):
    path = [x0]
    for k in range(1, steps + 1):
        eta = eta / k
        path.append(path[-1] - eta * grad(path[-1]))
    return np.array(path)
