q8_dL_dp = "2 th(p - y)"
q8_dp_dz = "p - p^2"
q8_dL_dw = "-th(p - y) (p - p^2) x1"
q8_steps = "th(p - y) p (1 - p) x1"
