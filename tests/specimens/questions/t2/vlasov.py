t2_steps = """
sin(t cth(xt^2 + y)) * (t cth(xt^2 + y))'
= sin(t cth(xt^2 + y)) * (cth(xt^2 + y) + t * (-1/sh(xt^2 + y)^2) * 2xt)
= sin(t cth(xt^2 + y)) * (cth(xt^2 + y) - 2 x t^2 / sh(xt^2 + y)^2)
"""
