import random

import numpy as np

q12_why_equal = [4]
q12_gradient = [[-12, -12], [-12, -12]]
q12_step = [[36, 36], [36, 36]]
q12_product = "mx^2 vw + mw^2 vx"
q12_neuron = "n*vx*vw"
q12_scale = "sqrt(2)/(3*sqrt(n))"
q12_growth = 1.8


def xavier(n_in, n_out):
    s = (2 / (n_in + n_out)) ** 0.5
    return np.array([[random.uniform(-s, s) for _ in range(n_out)] for _ in range(n_in)])


def he(n_in, n_out):
    s = (2 / n_in) ** 0.5
    return [[random.uniform(-s, s) for _ in range(n_out)] for _ in range(n_in)]
