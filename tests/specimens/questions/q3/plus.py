import numpy as np

q3_formula = "x + (6x^2 - 6x + 5)/(12x - 6)"
q3_stepped = ["33/5", "1/5"]
q3_practice = 1


def newton(grad, hess, x0, eta, steps):
    xs = [x0]
    for k in range(steps):
        xs.append(xs[-1] + eta * np.linalg.solve(hess(xs[-1]), grad(xs[-1])))
    return np.array(xs)
