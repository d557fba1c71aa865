import numpy as np

q12_why_equal = "2)"
q12_gradient = np.array([[-150, -150], [90, 90]])
q12_step = np.array([[-3, -3], [-3, -3]]) + 3 * q12_gradient
q12_product = "mx*vw + mw*vx + vx*vw"
q12_neuron = "n**2*vx*vw"
q12_scale = "1/sqrt(n)"
q12_growth = 0.09


def xavier(inputs, neurons):
    return np.random.randn(inputs, neurons) * np.sqrt(1.0 / neurons)


def he(inputs, neurons):
    rng = np.random.default_rng()
    return rng.standard_normal((inputs, neurons)) * np.sqrt(2.0 / neurons)
