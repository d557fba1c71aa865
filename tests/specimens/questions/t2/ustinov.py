t2_steps = """
cos(2y + tx + sh(ty^2)) * (2 + tx + 2ty ch(ty^2))
= 2 cos(2y + tx + sh(ty^2)) * (1 + tx/2 + ty ch(ty^2))
"""
