import numpy as np

q12_why_equal = 4
q12_gradient = [[-15, -15], [-10, -10]]
q12_step = [[17, 17], [12, 12]]
q12_product = "mx^2 vx + mw^2 vw + vx vw"
q12_neuron = "vx vw / n"
q12_scale = "sqrt(n/3)"
q12_growth = 5


def xavier(n_in, n_out):
    # random numbers, scaled by 1/sqrt(n)
    return np.random.rand(n_in, n_out) / np.sqrt(n_in)


def he(n_in, n_out):
    return np.random.uniform(0, np.sqrt(6 / n_in), (n_in, n_out))
