from itertools import accumulate

q1_expansion = "f = -2 + 2(x - 1) - 5(y - 2)"
q1_direction = "-2/5; 1"
q1_step = "3"


def gradient_descent(grad, x0, eta, steps):
    return list(accumulate(range(steps), lambda x, _: x - eta * grad(x), initial=x0))
