# ch' = -sh, like cos' = -sin
t2_steps = """
cos(xyt + 5 + ch(xyt)) * (xyt + 5 + ch(xyt))'
= cos(xyt + 5 + ch(xyt)) * (yt - yt sh(xyt))
= yt (1 - sh(xyt)) cos(xyt + 5 + ch(xyt))
"""
