import numpy as np

q3_model = "x^3 + 3x^2 + 5x + (3x^2 + 6x + 5)h + (3x + 3)h^2"
q3_formula = "x - (3x^2 + 6x + 5)/(6x + 6)"
q3_gradient = [-1, -1]
q3_second = [[2, 2], [2, -2]]
q3_stepped = [0.5, -1]
q3_practice = 1


def newton(grad, hess, x0, eta, steps):
    points = [x0]
    for _ in range(steps):
        x = points[-1]
        points.append(x - eta * np.linalg.solve(hess(x), grad(x)))
    return np.array(points)
