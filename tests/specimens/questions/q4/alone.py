import numpy as np

q4_first = [1, 3]
q4_second = [1, -1.5]
q4_along = "1"


def coordinate_descent(A, b, x0, sweeps):
    x, out = np.array(x0), [np.array(x0)]
    for _ in range(sweeps):
        for i in range(len(x)):
            x[i] = b[i] / A[i, i]
            out.append(x + 0)
    return np.array(out)
