import numpy as np

q4_first = [-7, 3]
q4_along = "2 - 3 x2"
q4_true = "1 4"


def coordinate_descent(A, b, x0, sweeps):
    x, out = x0.copy(), [x0.copy()]
    for _ in range(sweeps):
        for i in range(len(x)):
            x[i] = b[i] - (A[i] @ x - A[i, i] * x[i])
            out.append(x.copy())
    return np.array(out)
