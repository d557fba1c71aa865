import numpy as np

q1_direction = [-6, 11]
q1_step = 4


def gradient_descent(grad, x0, eta, steps):
    trajectory = np.zeros((steps + 1, x0.size))
    trajectory[0] = x0
    for k in range(1, steps + 1):
        trajectory[k] = trajectory[k - 1] + eta * grad(trajectory[k - 1])
    return trajectory
