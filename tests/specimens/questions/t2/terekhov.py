t2_answer = "y / (cosh(y*t + x)**2 * sqrt(1 + tanh(y*t + x)**2))"
