q5_residual = r"\frac{3}{2}(y-a)"
q5_r = [24, -24, -9, 3]
q5_a = [-1.5, -1.5, -1.5, 1.5]


def boost_regression(X, y, fit, K, lam):
    a = y * 0
    for k in range(K):
        r = [y[i] - a[i] for i in range(len(y))]
        tree = fit(X, r)
        a = lam * tree(X)
    return a
