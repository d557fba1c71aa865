import numpy as np

q1_expansion = "2 + 3(x+2) + 6(y-2)"
q1_direction = [-1, -2]
q1_step = 3


def gradient_descent(grad, x0, eta, steps):
    x = np.array(x0, dtype=float)
    path = [x.copy()]
    for _ in range(steps):
        x -= eta * grad(x)
        path.append(x.copy())
    return np.array(path)
