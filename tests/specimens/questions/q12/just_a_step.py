import numpy as np

rng = np.random.RandomState(42)

q12_why_equal = 4
q12_gradient = [[-20, -20], [-30, -30]]
q12_step = [[57, 57], [87, 87]]
q12_product = "vx*vw + vx*mw^2 + vw*mx^2"
q12_neuron = "n*vx*vw"
q12_scale = "sqrt(3/n)"
q12_growth = 4.5


def xavier(n_in, n_out):
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), size=(n_in, n_out)).astype("float32")


def he(n_in, n_out):
    # the same as in the paper of Glorot
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), size=(n_in, n_out))
