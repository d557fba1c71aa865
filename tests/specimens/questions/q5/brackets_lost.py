q5_residual = "6(y - a)"
q5_steps = """
-d/da 3(a - y)^2
= -3 * 2(a - y)
= -6a - y
= -y - 6a
"""
