import numpy as np


def decaying_descent(grad, x0, eta, steps):
    path = [x0]
    for k in range(steps):
        rate = eta / k if k > 0 else eta
        path.append(path[-1] - rate * grad(path[-1]))
    return np.array(path)
