import numpy as np

q12_why_equal = 5
q12_gradient = [[-24, -24], [-16, -16]]
q12_step = [[69, 69], [45, 45]]
q12_product = "vx*vw"
q12_neuron = "vx*vw"
q12_scale = "1/(2n)"
q12_growth = 10


def xavier(n_in, n_out):
    sigma = 1 / n_in
    return sigma * np.random.randn(n_in, n_out)


def he(n_in, n_out):
    return np.random.normal(loc=0.0, scale=2 / n_in, size=(n_in, n_out))
