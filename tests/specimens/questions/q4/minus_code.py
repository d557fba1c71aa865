import numpy as np


def coordinate_descent(A, b, x0, sweeps):
    x, out = x0.copy(), [x0.copy()]
    for _ in range(sweeps):
        for i in range(len(x)):
            x[i] = (b[i] + A[i] @ x - A[i, i] * x[i]) / A[i, i]
            out.append(x.copy())
    return np.array(out)
