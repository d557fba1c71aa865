import numpy as np

q5_residual = "2(y-a)"
q5_r = [18, -18, 18, -18]
q5_a = [-5 + 50, 13, -11, -11]


# скорость обучения нигде не использовал: и так сходится
def boost_regression(X, y, fit, K, lam):
    a = 0 * y
    for i in range(K):
        a = a + fit(X, y - a)(X)
    return a
