q8_dL_dp = "p - y"
q8_dp_dz = "1 / (1 + (w0 + w1*x1 + w2*x2 + w3*x3)^2)"
q8_dL_dw = "(p - y) x_3 / (1 + z^2)"
q8_steps = [
    "dL/dw3 = dL/dp * dp/dz * dz/dw3",
    "= (p - y) * 1/(1 + z^2) * x3",
]
