h = "th(ty + x)"
t2_steps = f"""
sh(ty + {h}) * (t + t {h} (1 - {h}))
= t sh(ty + {h}) (1 + {h} - {h}^2)
"""
