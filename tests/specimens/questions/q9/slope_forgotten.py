q8_dL_dp = "th(p - y)"
q8_dp_dz = "1/ch(z)^2"
q8_dL_dw = "th(p - y)*x1/ch(z)^2"

# x1 is the hidden neuron now: dL/dx1 = dL/dz * w1, then ds1/du21 = t2
q9_dL_du_with_q8 = "th(p - y) * (1 - p^2) * w1 * t2"
