def newton(grad, hess, x0, eta, steps):
    x = x0
    path = [x]
    for k in range(steps):
        x = x - eta * grad(x) / hess(x)
        path.append(x)
    return path
