import numpy as np

q4_first = "-7/4; -1"
q4_second = "(-7/4, -25/16)"
q4_along = "(3x_2 - 4)/4"
q4_true = [1, 2]


def coordinate_descent(A, b, x0, sweeps):
    # то же, что метод Гаусса — Зейделя
    L, U = np.tril(A), np.triu(A, 1)
    xs = [x0]
    for _ in range(sweeps):
        xs.append(np.linalg.solve(L, b - U @ xs[-1]))
    return xs
