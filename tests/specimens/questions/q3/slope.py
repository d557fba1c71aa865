import numpy as np

q3_formula = "x - (6x^2 - 6x + 2)"
q3_stepped = [-5, 4]


def newton(grad, hess, x0, eta, steps):
    xs = [x0]
    for k in range(steps):
        xs.append(xs[-1] - eta * grad(xs[-1]))
    return np.array(xs)
