t2_steps = """
y/sqrt(1 + x^2 y^2) * sh(tx^2) + arcsin(xy) * (sh(tx^2))'
= y sh(tx^2)/sqrt(1 + x^2 y^2) + 2tx arcsin(xy) ch(tx^2)
"""
