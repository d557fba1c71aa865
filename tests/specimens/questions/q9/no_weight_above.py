q8_dL_dp = "th(p - y)"
q8_dp_dz = "sigmoid(z)"
q8_dL_dw = "th(p - y) sigmoid(z) x1"

q9_dL_dw = "2(p - y) v1 x2 h1(1 - h1)"
q9_dL_du_with_q8 = "th(p - y) * sigmoid(z) * x1 * (1 - x1) * t2"
