import numpy as np

q2_inertia = 1.12
q2_reached = "-7/25"
q2_noise = 2


def minibatch_sgd(grad_i, x0, n, order, m, eta):
    x = np.copy(x0)
    for j in range(0, n, m):
        g = np.zeros_like(x)
        for i in order[j:j + m]:
            g = g + grad_i(i, x)
        x = x - eta * g
    return x


def momentum(grad, x0, eta, alpha, steps):
    traj = [x0]
    m = 0
    for k in range(steps):
        m = -eta * grad(traj[-1]) + alpha * m
        traj.append(traj[-1] + m)
    return np.array(traj)


def decaying_descent(grad, x0, eta, steps):
    traj = [x0]
    for k in range(steps):
        traj.append(traj[-1] - eta / (k + 1) * grad(traj[-1]))
    return np.array(traj)
