import numpy as np


def newton(grad, hess, x0, eta, steps):
    """QR instead of an inverse; every point on a line of its own."""
    points = np.empty((steps + 1, len(x0)))
    points[0] = x0
    for k in range(steps):
        Q, R = np.linalg.qr(hess(points[k]))
        b = Q.T @ grad(points[k])
        step = np.zeros_like(b)
        for i in reversed(range(len(b))):  # back substitution
            step[i] = (b[i] - R[i, i + 1:] @ step[i + 1:]) / R[i, i]
        points[k + 1] = points[k] - eta * step
    return points
