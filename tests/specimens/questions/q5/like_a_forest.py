q5_residual = "-(a - y)"
q5_link = "2"
q5_r = [12, -12, 30, -18]

# bagging in the answer would be (a_1 + a_2) / 2
q5_a = [6, 0, 6, 6]
