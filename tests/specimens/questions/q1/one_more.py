import numpy as np

q1_expansion = "3 + (4x - 2y^2)(x - 2) + (-4xy + 2y + 2)(y + 1)"


def gradient_descent(grad, x0, eta, steps):
    out = [x0]
    k = 0
    while k <= steps:
        out.append(out[-1] - eta * grad(out[-1]))
        k += 1
    return np.stack(out)
