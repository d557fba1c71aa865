import numpy as np


def coordinate_descent(A, b, x0, sweeps):
    out = [x0]
    for _ in range(sweeps):
        x = out[-1].copy()
        x[0] = (b[0] - A[0, 1:] @ x[1:]) / A[0, 0]
        out.append(x)
    return np.array(out)
