import numpy

q1_expansion = "6x - 10y - 12"
q1_direction = "(-0.6, 1)"
q1_step = "2."


def gradient_descent(grad, x0, eta, steps):
    points = []
    point = x0
    for k in range(steps):
        g = grad(point)
        point = numpy.array([point[i] - eta * g[i] for i in range(len(point))])
        points.append(list(point))
    return points
