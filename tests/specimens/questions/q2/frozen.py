import numpy as np

q2_reached = "-3/2"
q2_noise = 4


def minibatch_sgd(grad_i, x0, n, order, m, eta):
    grads = [grad_i(i, x0) for i in range(n)]
    x = x0.copy()
    for j in range(0, n, m):
        x -= eta * sum(grads[i] for i in order[j:j + m])
    return x


def momentum(grad, x0, eta, alpha, steps):
    g = grad(x0)
    xs, m = [x0], np.zeros(len(x0))
    for _ in range(steps):
        m = alpha * m - eta * g
        xs.append(xs[-1] + m)
    return np.array(xs)


def decaying_descent(grad, x0, eta, steps):
    g = grad(x0)
    return np.array([x0 - g * eta * sum(1 / k for k in range(1, s + 1)) for s in range(steps + 1)])
