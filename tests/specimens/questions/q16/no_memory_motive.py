q16_formula = "df/da_2 * (w * df/da_1 * s_0 + s_1)"
q16_s = "-2; -1; 2; 1"
q16_true = [1, 3]
