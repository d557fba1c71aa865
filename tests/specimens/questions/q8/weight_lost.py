z_of_x = lambda w, x: w[0] + w[1] * x[0] + w[2] * x[1] + w[3] * x[2]

q8_dL_dp = "th(p - y)"
q8_dp_dz = "z(1 - z)"
q8_dL_dw = "tanh(p - y) * p * (1 - p)"
q8_steps = """
u = p - y
dL/du = th u
dL/dw_3 = th(u) * p(1 - p)
= p th(p - y) - p^2 th(p - y)
"""
