def batchnorm(X, gamma, beta, eps):
    mean = X.mean(axis=0)
    deviation = (((X - mean) ** 2).mean(axis=0) + eps) ** 0.5
    return ((X - mean) / deviation + beta) * gamma
