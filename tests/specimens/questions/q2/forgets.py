import numpy as np

q2_inertia = "-6/25"
q2_reached = "34/25"


def momentum(grad, x0, eta, alpha, steps):
    xs = [x0]
    for _ in range(steps):
        m = 0
        m = alpha * m - eta * grad(xs[-1])
        xs.append(xs[-1] + m)
    return np.array(xs)
