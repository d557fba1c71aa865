import numpy as np

q12_why_equal = 2
# h = xW = (-10, -10), p = 40, dL/dp = 5
q12_gradient = [[20, 20], [30, 30]]
q12_step = [[-58, -58], [-88, -88]]
q12_product = "mx^2 vw + mw^2 vx + vx vw"
q12_neuron = "n vx vw"
q12_scale = "1/(3 sqrt(n))"
q12_growth = 11.2


def xavier(n_in, n_out):
    return np.random.randn(n_in, n_out) / np.sqrt(n_in)


def he(n_in, n_out):
    W = np.zeros((n_in, n_out))
    for i in range(n_in):
        for j in range(n_out):
            W[i, j] = np.random.normal(0, (2 / n_in) ** 0.5)
    return W
