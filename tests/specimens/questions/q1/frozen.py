import numpy as np

q1_direction = [14, -12]


def gradient_descent(grad, x0, eta, steps):
    g = grad(x0)
    return np.array([x0 - eta * k * g for k in range(steps + 1)])
