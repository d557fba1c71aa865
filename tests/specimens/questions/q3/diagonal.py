import numpy as np

q3_formula = "x - (x^3 + 3x^2 + 2x)/(3x^2 + 6x + 2)"
q3_second = [[2, 0], [0, -2]]
q3_stepped = [2.5, 0.5]


def newton(grad, hess, x0, eta, steps):
    xs = [x0]
    for k in range(steps):
        H = hess(xs[-1])
        d = [H[i][i] for i in range(len(x0))]
        xs.append(xs[-1] - eta * grad(xs[-1]) / d)
    return np.array(xs)
