import numpy as np

q1_expansion = "-4 - 8x - 18y"


def gradient_descent(grad, x0, eta, steps):
    out = [x0]
    for _ in range(1, steps):
        out.append(out[-1] - eta * grad(out[-1]))
    return np.vstack(out)
