# q8: p = ln(1 + e^z)
q8_dL_dp = "p - y"
q8_dp_dz = "e^z / (1 + e^z)"
q8_dL_dw = "(p - y) * e^z * x1 / (1 + e^z)"

q9_dL_dh = "th(p - y) v2"
q9_dL_dw = "th(p - y) * v2 * x1 / ch(s2)^2"
q9_steps = """
dL/dw12 = dL/dp * dp/dh2 * dh2/ds2 * ds2/dw12
= th(p - y) * v2 * (1 - h2^2) * x1
"""
q9_dL_du_with_q8 = "(p - y) * e^z/(1 + e^z) * w2 * t1 / ch(u12 t1 + u22 t2)^2"
