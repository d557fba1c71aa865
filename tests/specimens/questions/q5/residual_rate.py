def boost_regression(X, y, fit, K, lam):
    r = y
    total = 0
    for _ in range(K):
        pred = fit(X, r)(X)
        total = total + lam * pred
        r = r - pred
    return total
