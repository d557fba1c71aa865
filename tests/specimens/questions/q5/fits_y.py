import numpy as np

q5_r = [15, -21, -18, -18]
q5_a = [-3, 19, 34, 34]


def boost_regression(X, y, fit, K, lam):
    prediction = np.zeros_like(y)
    for _ in range(K):
        model = fit(X, y)
        prediction = prediction + lam * model(X)
    return prediction
