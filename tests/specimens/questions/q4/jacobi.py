import numpy as np

q4_first = "-5/4, -2"
q4_second = [-1.25, -2.4]


def coordinate_descent(A, b, x0, sweeps):
    D = np.diag(A)
    xs = [x0]
    for _ in range(sweeps):
        xs.append((b - A @ xs[-1] + D * xs[-1]) / D)
    return np.array(xs)
