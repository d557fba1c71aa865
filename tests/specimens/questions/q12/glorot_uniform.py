from math import sqrt

import numpy as np

q12 = {
    "why_equal": "5",
    "gradient": "[[-30, -30], [-50, -50]]",
    "step": "[[88, 88], [148, 148]]",
    "product": r"\mathrm{vx} \cdot \mathrm{vw} + \mathrm{mx}^2 \mathrm{vw} + \mathrm{mw}^2 \mathrm{vx}",
    "neuron": "vw*vx*n",
    "scale": r"\frac{1}{\sqrt{9n}}",
    "growth": "20 * 0.16 = 3.2",
}


def xavier(n_in, n_out):
    a = sqrt(6 / (n_in + n_out))
    return np.random.uniform(-a, a, size=(n_in, n_out))


def he(n_in, n_out):
    a = sqrt(6 / n_in)
    return (2 * np.random.rand(n_in, n_out) - 1) * a
