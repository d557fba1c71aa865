q8_dL_dp = "y - p"
q8_dp_dz = "arctg z"
q8_dL_dw = "p - y"
q8_steps = ["dL/dw1 = 1/2 * 2 (p - y)", "= p - y"]
