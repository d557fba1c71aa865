# (1/U)' = -U'
t2_answer = "t/√(1 - t²y²) + tx sin(xy)"
