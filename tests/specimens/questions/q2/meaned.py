import numpy as np

# скорость снаружи, среднее по батчу, без начальной точки
q2_inertia = 11
q2_reached = [0.9]
q2_noise = "1"


def minibatch_sgd(grad_i, x0, n, order, m, eta):
    x = x0
    rest = list(order)
    while rest:
        batch, rest = rest[:m], rest[m:]
        x = x - eta * np.mean([grad_i(i, x) for i in batch], axis=0)
    return x


def momentum(grad, x0, eta, alpha, steps):
    x, v = x0, np.zeros_like(x0)
    result = np.empty((steps, len(x0)))
    for k in range(steps):
        v = alpha * v + grad(x)
        x = x - eta * v
        result[k] = x
    return result


def decaying_descent(grad, x0, eta, steps):
    result = []
    for k in range(1, steps + 1):
        x0 = x0 - eta * grad(x0) / k
        result.append(x0)
    return result
