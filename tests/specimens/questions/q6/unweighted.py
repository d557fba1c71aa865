import numpy as np

q6_error = 0.4
q6_alpha = "1/2*ln(3/2)"


def adaboost(X, y, fit, K):
    n = X.shape[0]
    w = np.ones(n) / n
    alphas, margin = [], np.zeros(n)
    for k in range(K):
        prediction = fit(X, y, w)(X)
        error_rate = 1 - np.mean(prediction == y)
        alphas.append(np.log((1 - error_rate) / error_rate) / 2)
        margin += alphas[k] * prediction * y
        w *= np.exp(-alphas[k] * prediction * y)
        w /= np.sum(w)
    return w, alphas, np.sign(margin) * y
