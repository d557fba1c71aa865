import numpy as np


def newton(grad, hess, x0, eta, steps):
    inverse = np.linalg.inv(hess(x0))
    x = x0
    path = [x]
    for k in range(steps):
        x = x - eta * inverse @ grad(x)
        path.append(x)
    return np.array(path)
