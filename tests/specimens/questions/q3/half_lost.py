q3_model = "2x^3 - x^2 + 2x + (6x^2 - 2x + 2) h + (12x - 2) h^2"
q3_formula = "x - (6x^2 - 2x + 2)/(12x - 2)"
q3_gradient = [-1, -3]
q3_second = [[2, 1], [1, -2]]
