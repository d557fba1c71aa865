import numpy as np

q12_why_equal = 2
q12_gradient = [[15, 15], [6, 6]]
q12_step = [[-33, -33], [-15, -15]]
q12_product = "vx*vw + vx*mw^2 + vw*mx^2"
q12_neuron = "n*vx*vw"
q12_scale = "2*n^(-1/2)"
q12_growth = 11.2


def xavier(n_in, n_out):
    return np.random.randn(n_in, n_out)


def he(n_in, n_out):
    return np.random.standard_normal(size=(n_in, n_out))
