# antigradient of 3/2 (a - y)^2
q5_steps = """
-3/2 (a - y)
= 3/2 (y - a)
"""
