import numpy as np

q3_model = r"x^3 - x^2 + 5x + h (3x^2 - 2x + 5) + \frac{h^2}{2} (6x - 2)"
q3_formula = "(3x^2 - 5)/(6x - 2)"
q3_gradient = "(-5; -2)"
q3_second = "2 1; 1 -2"
q3_stepped = "7/5, -4/5"
q3_practice = "3"


def newton(grad, hess, x0, eta, steps):
    x, rows = x0.reshape(-1, 1), []
    while len(rows) < steps:
        H_inv = np.linalg.inv(hess(x.ravel()))
        x = x - eta * H_inv.dot(grad(x.ravel()).reshape(-1, 1))
        rows.append(x.ravel())
    return rows
