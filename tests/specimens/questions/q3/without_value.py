q3_model = "(6x^2 + 2x - 2) h + (6x + 1) h^2"  # f(x) is a constant and does not matter for the minimum
q3_formula = "x - (3x^2 + x - 1)/(6x + 1)"
