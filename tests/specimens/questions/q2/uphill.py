import numpy as np

q2_inertia = -26.6
q2_reached = "353/50"


def minibatch_sgd(grad_i, x0, n, order, m, eta):
    x = x0
    for j in range(0, n, m):
        x = x + eta * sum(grad_i(i, x) for i in order[j:j + m])
    return x


def momentum(grad, x0, eta, alpha, steps):
    xs, m = [x0], 0
    for _ in range(steps):
        m = alpha * m + eta * grad(xs[-1])
        xs.append(xs[-1] + m)
    return np.array(xs)


def decaying_descent(grad, x0, eta, steps):
    xs = [x0]
    for k in range(1, steps + 1):
        xs.append(xs[-1] + eta / k * grad(xs[-1]))
    return np.array(xs)
