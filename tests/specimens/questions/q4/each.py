import numpy as np

q4_first = [-0.25, -2]
q4_second = [-1/4, -1/4]
q4_along = "1/4 + x2/4"
q4_true = "2, 4"


def coordinate_descent(A, b, x0, sweeps):
    x = x0.copy()
    track = [x0]
    for _ in range(sweeps):
        for i in range(len(b)):
            s = 0
            for j in range(len(b)):
                if j != i:
                    s += A[i, j] * x[j]
            x[i] = (b[i] - s) / A[i, i]
            track.append(x.copy())
    return np.array(track)
