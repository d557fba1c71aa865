t2_answer = "(t - 2y x^3 * sin(y x^2)) * sh(tx + cos(y x^2))"
