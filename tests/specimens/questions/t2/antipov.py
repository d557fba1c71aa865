# n x^(n-1): the exponent comes down
t2_steps = """
xy cos(xyt + 2) * e^(xy cos(xyt + 2) - 1) * (xy cos(xyt + 2))'
= xy cos(xyt + 2) * e^(xy cos(xyt + 2) - 1) * (y cos(xyt + 2) - x y^2 t sin(xyt + 2))
"""
