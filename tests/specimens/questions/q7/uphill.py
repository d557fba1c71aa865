import numpy as np

q7_mse = "-2(y-z)"
q7_logistic = "-y/(1+exp(yz))"
q7_other = "-y e^(-yz)"
q7_shifts = [-6, 0, 6, -12]


def gradient_boost(X, y, fit, dloss, N):
    f = np.zeros(len(y))
    for _ in range(N):
        f = f + fit(X, dloss(y, f))(X)
    return f
