import numpy as np

q12_why_equal = 4
q12_gradient = [[24, -48], [24, -48]]
q12_step = [[-69, 147], [-69, 147]]
q12_product = "(vx + mx^2)(vw + mw^2)"
q12_neuron = "n*vx*vw"
q12_scale = "0.5/sqrt(n)"
q12_growth = "20 * 0.3^2 = 1.8"


def xavier(n_in, n_out):
    return np.random.randn(n_in, n_out) * np.sqrt(2 / n_in)


def he(n_in, n_out):
    return np.random.randn(n_in, n_out) * np.sqrt(1 / n_in)
