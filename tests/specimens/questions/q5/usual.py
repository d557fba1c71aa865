import numpy as np

q5_residual = "y - a"
q5_steps = """
-d/da (1/2 (a - y)^2)
= -1/2 * 2 (a - y)
= -(a - y)
= y - a
"""
q5_link = 2
q5_r = [18, -6, 3, -9]
q5_a = [8.5, 8.5, -0.5, -7.5]


def boost_regression(X, y, fit, K, lam):
    answer = np.zeros(len(y))
    residuals = y.copy()
    for k in range(K):
        tree = fit(X, residuals)
        answer += lam * tree(X)
        residuals = y - answer
    return answer
