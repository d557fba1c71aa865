import numpy as np

q7_mse = "2(y - z)"
q7_logistic = r"\frac{y}{1 + e^{yz}}"
q7_other = "2y/(1+e^(2yz))"
q7_shifts = [-10, 6, -2, -2]
q7_added = [-1, -1, 2, -1]
q7_fitted = 1


def gradient_boost(X, y, fit, dloss, N):
    composition = []

    def a(Z):
        return sum((b(Z) for b in composition), np.zeros(len(Z)))

    for n in range(N):
        composition.append(fit(X, -dloss(y, a(X))))
    return a(X)
