# производная ln ch(p - y) по p
q8_dL_dp = "-th(p - y)"
q8_dp_dz = "arctg z"
q8_dL_dw = "-th(p - y) * arctg(z) * x3"

q9_dL_du_with_q8 = "-th(p - y) * arctg(z) * w2 * (1 - x2^2) * t1"
