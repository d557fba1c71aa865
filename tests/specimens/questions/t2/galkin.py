t2_steps = """
-sin(t th(xyt + 4)) * (th(xyt + 4) + t xy (1 - th(xyt + 4)))
= -(th(xyt + 4) + txy - txy th(xyt + 4)) sin(t th(xyt + 4))
"""
