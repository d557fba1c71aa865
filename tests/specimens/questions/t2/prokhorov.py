# (ln u)' = 1/u
t2_steps = """
1/(ty + x + sh(ty^2))
= (ty + x + sh(ty^2))^(-1)
"""
